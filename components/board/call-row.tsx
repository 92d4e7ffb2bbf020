"use client";

import { PanelRight } from "lucide-react";
import Link from "next/link";
import { memo, type Ref } from "react";
import { alertEdge } from "@/components/alerts/alert-look";
import { RowAlert } from "@/components/alerts/row-alert";
import { rowGrid } from "@/components/board/row-grid";
import { useBoardFilter } from "@/components/board/use-board";
import { AssistantName } from "@/components/calls/assistant-name";
import { LiveDuration, LiveState } from "@/components/calls/call-head";
import { CallerNumber } from "@/components/calls/caller-number";
import { LastLine } from "@/components/calls/last-line";
import { Watchers } from "@/components/calls/watchers";
import { Sparkline } from "@/components/timeline/sparkline";
import { IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { LinkPending } from "@/components/ui/link-pending";
import type { Alert } from "@/lib/alerts/alert";
import { type Call, callTitle, whenEnded } from "@/lib/calls/call";
import type { Watcher } from "@/lib/realtime/push";

/** In a row: opens its call beside the board. For the mouse; the keyboard has a key for it. */
export function BesideButton({ callId }: { callId: string }) {
  const [, setFilter] = useBoardFilter();
  return (
    <IconButton
      label="Open beside the board"
      shortcut="o"
      align="end"
      tabIndex={-1}
      onClick={() => setFilter({ beside: callId })}
      className="relative z-10 size-7 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
    >
      <PanelRight aria-hidden />
    </IconButton>
  );
}

interface CallRowProps {
  call: Call;
  index: number;
  /** The one row that Tab leads to. */
  isCurrent: boolean;
  isBeside: boolean;
  /** Its place is kept, but it has left. */
  isGone: boolean;
  /** The alert whose cause goes on, resolved or not. */
  alert: Alert | undefined;
  /** Came while the board was open. */
  isNew: boolean;
  watchers: readonly Watcher[] | undefined;
  onFocus: (callId: string) => void;
  ref: Ref<HTMLTableRowElement>;
}

/** One live call. Renders only when its own call changed: what ticks is inside. */
export const CallRow = memo(function CallRow({
  call,
  index,
  isCurrent,
  isBeside,
  isGone,
  alert,
  isNew,
  watchers,
  onFocus,
  ref,
}: CallRowProps) {
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
        paper(alert, isBeside),
        isGone && "invisible",
        isNew && "motion-safe:animate-arrive",
      )}
    >
      <td className="truncate @max-4xl:order-3 @max-4xl:text-xs">
        <LiveState call={call} />
      </td>
      <td className="@max-4xl:order-6 @max-4xl:col-span-2">
        <Sparkline call={call} className="h-4 w-full" />
      </td>
      <td className="flex min-w-0 items-center gap-2 font-medium">
        <span className="flex min-w-0 flex-col [[data-density=compact]_&]:flex-row [[data-density=compact]_&]:gap-2">
          <Link
            href={`/calls/${call.id}`}
            prefetch={false}
            tabIndex={isCurrent ? 0 : -1}
            onFocus={() => onFocus(call.id)}
            className="truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            <bdi>{callTitle(call)}</bdi>
            <LinkPending />
          </Link>
          <CallerNumber call={call} />
        </span>
        {alert && <RowAlert alert={alert} />}
        {watchers && <Watchers people={watchers} />}
      </td>
      <td className="truncate @max-4xl:order-4 @max-4xl:text-right @max-4xl:text-muted @max-4xl:text-xs">
        <AssistantName call={call} />
      </td>
      <td className="text-right @max-4xl:order-1">
        <LiveDuration call={call} />
      </td>
      <td className="truncate @max-4xl:order-5 @max-4xl:col-span-2 @max-4xl:text-xs">
        <LastLine call={call} />
      </td>
      <td className="flex items-center justify-between @max-6xl:hidden">
        <span className="truncate text-muted text-xs">{call.lastToolName}</span>
        <BesideButton callId={call.id} />
      </td>
    </tr>
  );
});

function paper(alert: Alert | undefined, isBeside: boolean): string {
  return classNames(
    alertEdge(alert),
    isBeside ? "bg-accent-soft" : "hover:bg-hover has-focus-visible:bg-hover",
  );
}
