"use client";

import { type CSSProperties, type Ref, useEffect, useEffectEvent } from "react";
import type { ListHandle } from "@/components/board/use-list-handle";
import { useListHandle } from "@/components/board/use-list-handle";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { leavesTrail } from "@/components/calls/list-trail";
import { ReportLine } from "@/components/reports/report-line";
import { reportTableColumns } from "@/components/reports/report-table-columns";
import type { ReportTableHandle } from "@/components/reports/use-report-table";
import { classNames } from "@/components/ui/class-names";
import type { ReportRow } from "@/lib/reports/columns";

interface ReportTableProps {
  rows: readonly ReportRow[];
  table: ReportTableHandle;
  /** Total number of rows; -1 if unknown. */
  total: number;
  currentId: string | null;
  onFocus: (callId: string) => void;
  /** Called when the last row is near. */
  onNearEnd: () => void;
  isDimmed: boolean;
  listRef: Ref<ListHandle>;
}

/** Pixels; a row with one line of summary. */
const rowHeight = 58;
/** The next page is requested this many rows before the end. */
const ahead = 20;

/** The calls of the archive. Only visible rows are in the DOM, however many there are. */
export function ReportTable(props: ReportTableProps) {
  const { rows, table, total, currentId, onFocus, onNearEnd, isDimmed, listRef } = props;
  const list = useVirtualList({
    count: rows.length,
    getKey: (index) => rows[index]?.call.id ?? String(index),
    itemHeight: rowHeight,
  });
  useListHandle(listRef, list.scroller, (callId) =>
    list.scrollTo(rows.findIndex(({ call }) => call.id === callId)),
  );
  // Row count when the end came near; it changes with each page, so the next page is requested again.
  const nearEndOf = (list.items.at(-1)?.index ?? 0) >= rows.length - ahead ? rows.length : 0;
  const ask = useEffectEvent(onNearEnd);
  useEffect(() => {
    if (nearEndOf > 0) ask();
  }, [nearEndOf]);
  const tabId = rows.some(({ call }) => call.id === currentId) ? currentId : rows[0]?.call.id;
  const widths = table.columns.map((id) =>
    id === "caller" ? "minmax(9rem,1.4fr)" : reportTableColumns[id].width,
  );
  return (
    <div
      ref={list.scroller}
      className={classNames("@container relative h-full overflow-auto", isDimmed && "opacity-60")}
      {...leavesTrail(
        "Reports",
        rows.map(({ call }) => call.id),
      )}
    >
      <table
        aria-label="Calls"
        aria-rowcount={total < 0 ? -1 : total + 1}
        className="block w-full @4xl:min-w-fit"
        style={{ "--columns": widths.join(" ") } as CSSProperties}
      >
        <Head table={table} />
        <tbody
          className="block bg-surface"
          style={{ paddingTop: list.paddingTop, paddingBottom: list.paddingBottom }}
        >
          {list.items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <ReportLine
                  key={key}
                  ref={list.measure}
                  row={row}
                  columns={table.columns}
                  index={index}
                  isCurrent={key === tabId}
                  isChosen={table.isChosen(key)}
                  onFocus={() => onFocus(key)}
                  onChoose={(isChosen) => table.choose(key, isChosen)}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Column names; in card layout, only the checkbox that selects all. */
function Head({ table }: { table: ReportTableHandle }) {
  return (
    <thead className="sticky top-0 z-20 block bg-surface">
      <tr className="relative flex h-9 items-center gap-x-4 border-line border-b pr-3 pl-10 text-left text-muted text-xs sm:pr-4 @4xl:grid @4xl:grid-cols-(--columns)">
        <th scope="col" className="absolute top-0 left-0 font-normal">
          <label className="grid size-9 w-10 cursor-pointer place-items-center">
            <span className="sr-only">Select all loaded calls</span>
            <input
              type="checkbox"
              checked={table.isAllChosen}
              onChange={({ target }) => table.chooseAll(target.checked)}
              className="size-4 accent-accent"
            />
          </label>
        </th>
        <th scope="col" className="font-normal">
          Caller
        </th>
        {table.columns.map((id) => {
          if (id === "caller") return null;
          const { name, isNumber } = reportTableColumns[id];
          return (
            <th
              key={id}
              scope="col"
              className={classNames("font-normal @max-4xl:sr-only", isNumber && "text-right")}
            >
              {name}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
