"use client";

import { memo, type Ref } from "react";
import { boardColumns, type RowFacts, rowGrid } from "@/components/board/columns";
import { classNames } from "@/components/ui/class-names";
import { type Call, whenEnded } from "@/lib/calls/call";

interface CallRowProps extends RowFacts {
  index: number;
  isBeside: boolean;
  /** Came while the board was open. */
  isNew: boolean;
  ref: Ref<HTMLTableRowElement>;
}

/** One live call. Renders only when its own call changed: what ticks is inside. */
export const CallRow = memo(function CallRow({ index, isBeside, isNew, ref, ...row }: CallRowProps) {
  const { call } = row;
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
        paper(call, isBeside),
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

function paper(call: Call, isBeside: boolean): string {
  if (call.hangingSince) return "bg-hang-soft";
  return isBeside ? "bg-accent-soft" : "hover:bg-hover has-focus-visible:bg-hover";
}
