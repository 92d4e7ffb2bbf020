"use client";

import { memo, type Ref } from "react";
import { alertEdge } from "@/components/alerts/row-alert";
import { boardColumns, type RowFacts, rowGrid } from "@/components/board/columns";
import { classNames } from "@/components/ui/class-names";
import type { Alert } from "@/lib/alerts/alert";
import { whenEnded } from "@/lib/calls/call";

interface CallRowProps extends RowFacts {
  index: number;
  isInSidePanel: boolean;
  /** Whether the call has left the board; its place is kept. */
  isGone: boolean;
  /** Came while the board was open. */
  isNew: boolean;
  ref: Ref<HTMLTableRowElement> | undefined;
}

/** One live call. Renders only when its own call changed: what ticks is inside. */
export const CallRow = memo(function CallRow({
  index,
  isInSidePanel,
  isGone,
  isNew,
  ref,
  ...row
}: CallRowProps) {
  const { call, alert } = row;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      data-call={call.id}
      className={classNames(
        rowGrid,
        "group relative items-center border-line border-b px-3 py-2 sm:px-4 @4xl:h-(--row-height) @4xl:py-0",
        whenEnded(call) !== null && "text-muted",
        paper(alert, isInSidePanel),
        isGone && "invisible",
        isNew && "motion-safe:animate-arrive",
      )}
    >
      {boardColumns.map(({ head, align, isWide, className, cell }) => (
        <td key={head} className={classNames(className, align && "text-right", isWide && "@max-6xl:hidden")}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
});

function paper(alert: Alert | undefined, isInSidePanel: boolean): string {
  return classNames(
    alertEdge(alert),
    isInSidePanel ? "bg-accent-soft" : "hover:bg-hover has-focus-visible:bg-hover",
  );
}
