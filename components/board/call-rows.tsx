"use client";

import { useState } from "react";
import { CallRow } from "@/components/board/call-row";
import { boardColumns, columnWidths, rowGrid } from "@/components/board/columns";
import type { ListProps } from "@/components/board/list-props";
import { useListHandle } from "@/components/board/use-list-handle";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { classNames } from "@/components/ui/class-names";

/** The names of the columns; on a phone, where rows are cards, only for screen readers. */
function CallRowsHead() {
  return (
    <thead className="sticky top-0 z-10 block bg-surface @max-4xl:sr-only">
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

/** The board as a table. Only the rows that can be seen are in the page, however many calls there are. */
export function CallRows({ calls, gone, alerts, currentId, besideId, watchers, onFocus, ref }: ListProps) {
  const [atFirst] = useState(() => new Set(calls.map(({ id }) => id)));
  const { scroller, measure, items, paddingTop, paddingBottom, scrollTo } = useVirtualList({
    count: calls.length,
    getKey: (index) => calls[index]?.id ?? "",
    itemHeight: 48,
  });
  useListHandle(ref, scroller, (callId) => scrollTo(calls.findIndex(({ id }) => id === callId)));
  const tabId = items.some(({ key }) => key === currentId) ? currentId : items[0]?.key;
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto overscroll-contain">
      <table
        aria-label="Live calls"
        aria-rowcount={calls.length + 1}
        className="block w-full"
        style={columnWidths}
      >
        <CallRowsHead />
        <tbody className="block bg-surface" style={{ paddingTop, paddingBottom }}>
          {items.map(({ index, key }) => {
            const call = calls[index];
            return (
              call && (
                <CallRow
                  key={key}
                  ref={measure}
                  call={call}
                  index={index}
                  isCurrent={key === tabId}
                  isBeside={key === besideId}
                  isGone={gone.has(key)}
                  alert={alerts.get(key)}
                  isNew={!atFirst.has(key)}
                  watchers={watchers[key]}
                  onFocus={onFocus}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
