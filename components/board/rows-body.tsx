"use client";

import type { RefObject } from "react";
import { CallRow } from "@/components/board/call-row";
import type { ListProps } from "@/components/board/list-props";

/** Pixels, before anything is measured. */
export const rowHeight = 48;

export interface RowsProps extends ListProps {
  /** Calls present when the board was opened; their rows do not count as new. */
  atFirst: ReadonlySet<string>;
  scroller: RefObject<HTMLDivElement | null>;
}

interface RowsBodyProps extends Omit<RowsProps, "ref" | "scroller"> {
  shown: readonly { call: ListProps["calls"][number]; index: number }[];
  /** Pixels in place of the rows above and below those shown. */
  paddingTop?: number;
  paddingBottom: number;
  measure?: (element: HTMLElement | null) => void;
}

/** Some rows of the board. The tab stop is the current row, or else the first. */
export function RowsBody({
  shown,
  gone,
  alerts,
  currentId,
  sidePanelId,
  watchers,
  onFocus,
  atFirst,
  paddingTop = 0,
  paddingBottom,
  measure,
}: RowsBodyProps) {
  const tabId = shown.some(({ call }) => call.id === currentId) ? currentId : shown[0]?.call.id;
  return (
    <tbody className="block bg-surface" style={{ paddingTop, paddingBottom }}>
      {shown.map(({ call, index }) => (
        <CallRow
          key={call.id}
          ref={measure}
          call={call}
          index={index}
          isCurrent={call.id === tabId}
          isInSidePanel={call.id === sidePanelId}
          isGone={gone.has(call.id)}
          alert={alerts.get(call.id)}
          isNew={!atFirst.has(call.id)}
          watchers={watchers[call.id]}
          onFocus={onFocus}
        />
      ))}
    </tbody>
  );
}
