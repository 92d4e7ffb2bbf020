"use client";

import { PanelRight } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { RowAlert } from "@/components/alerts/row-alert";
import { useBoardFilter } from "@/components/board/use-board";
import { AssistantName } from "@/components/calls/assistant-name";
import { CallLink } from "@/components/calls/call-link";
import { LastLine } from "@/components/calls/last-line";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { Watchers } from "@/components/calls/watchers";
import { RowMenuButton } from "@/components/control/row-menu-button";
import { Sparkline } from "@/components/timeline/sparkline";
import { IconButton } from "@/components/ui/button";
import type { Alert } from "@/lib/alerts/alert";
import type { Call } from "@/lib/calls/call";
import type { Watcher } from "@/lib/realtime/push";

/** What a cell can show. */
export interface RowFacts {
  call: Call;
  /** Whether the row is the list's tab stop. */
  isCurrent: boolean;
  /** The alert whose cause persists, resolved or not. */
  alert: Alert | undefined;
  watchers: readonly Watcher[] | undefined;
  onFocus: (callId: string) => void;
}

interface BoardColumn {
  head: string;
  /** A track of a CSS grid. */
  width: string;
  /** Shown only in a wide container. */
  isWide?: boolean;
  /** Alignment of header and cells in table layout. */
  align?: "right";
  /** Classes of the cells; `@max-4xl` applies to the card layout of a narrow container. */
  className: string;
  cell: (row: RowFacts) => ReactNode;
}

/** The columns of the board, from left to right. */
export const boardColumns: readonly BoardColumn[] = [
  {
    head: "State",
    width: "12.5rem",
    className: "truncate @max-4xl:order-3 @max-4xl:text-xs",
    cell: ({ call }) => <LiveState call={call} />,
  },
  {
    head: "Last 90 s",
    width: "clamp(5rem, 10%, 9rem)",
    className: "@max-4xl:order-6 @max-4xl:col-span-2",
    cell: ({ call }) => <Sparkline call={call} className="h-4 w-full" />,
  },
  {
    head: "Caller",
    // Wide enough for an unbroken number next to the alert and the menu.
    width: "minmax(13rem, 1.3fr)",
    className: "flex min-w-0 items-center gap-2 font-medium",
    cell: (row) => <Caller {...row} />,
  },
  {
    head: "Assistant",
    width: "minmax(7rem, 1.2fr)",
    className: "truncate @max-4xl:order-4 @max-4xl:text-right @max-4xl:text-muted @max-4xl:text-xs",
    cell: ({ call }) => <AssistantName call={call} />,
  },
  {
    head: "Length",
    width: "4rem",
    align: "right",
    className: "@max-4xl:order-1 @max-4xl:group-has-[[aria-haspopup=menu]]:pr-8",
    cell: ({ call }) => <LiveDuration call={call} />,
  },
  {
    head: "Last line",
    width: "minmax(8rem, 2fr)",
    className: "truncate @max-4xl:order-5 @max-4xl:col-span-2 @max-4xl:text-xs",
    cell: ({ call }) => <LastLine call={call} />,
  },
  {
    head: "Last tool",
    width: "minmax(0, 9.5rem)",
    isWide: true,
    className: "flex items-center justify-between",
    cell: ({ call }) => (
      <>
        <span className="truncate text-muted text-xs">{call.lastToolName}</span>
        <SidePanelButton callId={call.id} />
      </>
    ),
  },
];

const toTracks = (columns: readonly BoardColumn[]) => columns.map(({ width }) => width).join(" ");

/** For the table. */
export const columnWidths = {
  "--board-columns": toTracks(boardColumns.filter(({ isWide }) => !isWide)),
  "--board-wide-columns": toTracks(boardColumns),
} as CSSProperties;

/** Grid of the header and every row. It follows the container's width, not the screen's, because the side panel may be open. */
export const rowGrid =
  "grid grid-cols-[minmax(0,1fr)_fit-content(50%)] gap-x-4 @4xl:grid-cols-(--board-columns) @6xl:grid-cols-(--board-wide-columns)";

function Caller({ call, alert, isCurrent, watchers, onFocus }: RowFacts) {
  const [, setFilter] = useBoardFilter();
  return (
    <>
      <CallLink callId={call.id} call={call} isCurrent={isCurrent} onFocus={() => onFocus(call.id)} />
      {alert && <RowAlert alert={alert} />}
      {watchers && <Watchers people={watchers} />}
      <span className="@4xl:ml-auto @max-4xl:absolute @max-4xl:-top-0.5 @max-4xl:right-0">
        <RowMenuButton call={call} alert={alert} onOpenSidePanel={() => setFilter({ panel: call.id })} />
      </span>
    </>
  );
}

/** For the mouse; the keyboard has a key for it. */
function SidePanelButton({ callId }: { callId: string }) {
  const [, setFilter] = useBoardFilter();
  return (
    <IconButton
      label="Open in side panel"
      shortcut="o"
      isSmall
      tabIndex={-1}
      onClick={() => setFilter({ panel: callId })}
      className="relative z-10 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
    >
      <PanelRight aria-hidden />
    </IconButton>
  );
}
