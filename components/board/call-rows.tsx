"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { boardColumns, columnWidths, rowGrid } from "@/components/board/columns";
import type { ListProps } from "@/components/board/list-props";
import { RowsBody, type RowsProps, rowHeight } from "@/components/board/rows-body";
import { useListHandle } from "@/components/board/use-list-handle";
import { classNames } from "@/components/ui/class-names";
import { loadCode } from "@/components/ui/load-later";

/** The names of the columns; on a phone, where rows are cards, only for screen readers. */
function CallRowsHead() {
  return (
    <thead className="sticky top-0 z-20 block bg-surface @max-4xl:sr-only">
      <tr className={classNames(rowGrid, "border-line border-b px-4 py-1.5 text-left text-muted text-xs")}>
        {boardColumns.map(({ head, align, isWide }) => (
          <th
            key={head}
            scope="col"
            className={classNames("font-normal", align && "text-right", isWide && "@4xl:@max-6xl:hidden")}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A longer list loads the virtual list, and shows this many rows until then. */
const mostAtFirst = 60;

/** All rows of a short board; of a longer one, the first rows until the virtual list is loaded. */
function FirstRows({ ref, scroller, ...props }: RowsProps) {
  const shown = props.calls.slice(0, mostAtFirst);
  useListHandle(ref, scroller, () => {});
  const rest = (props.calls.length - shown.length) * rowHeight;
  return <RowsBody {...props} shown={shown.map((call, index) => ({ call, index }))} paddingBottom={rest} />;
}

/** The board as a table. In a long list, only visible rows are in the DOM. */
export function CallRows(props: ListProps) {
  const { calls } = props;
  const [atFirst] = useState(() => new Set(calls.map(({ id }) => id)));
  const scroller = useRef<HTMLDivElement>(null);
  const [Rows, setRows] = useState<ComponentType<RowsProps>>(() => FirstRows);
  const isLong = calls.length > mostAtFirst;
  useEffect(() => {
    if (isLong)
      loadCode(() => import("@/components/board/many-rows")).then(({ ManyRows }) => setRows(() => ManyRows));
  }, [isLong]);
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto overscroll-contain">
      <table
        aria-label="Live calls"
        aria-rowcount={calls.length + 1}
        className="block w-full"
        style={columnWidths}
      >
        <CallRowsHead />
        <Rows {...props} atFirst={atFirst} scroller={scroller} />
      </table>
    </div>
  );
}
