"use client";

import { memo, useState } from "react";
import { alertEdge, RowAlert } from "@/components/alerts/row-alert";
import type { ListProps } from "@/components/board/list-props";
import { useBoardFilter } from "@/components/board/use-board";
import { useListHandle } from "@/components/board/use-list-handle";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { AssistantName } from "@/components/calls/assistant-name";
import { CallLink } from "@/components/calls/call-link";
import { LastLine } from "@/components/calls/last-line";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { Watchers } from "@/components/calls/watchers";
import { RowMenuButton } from "@/components/control/row-menu-button";
import { Sparkline } from "@/components/timeline/sparkline";
import { classNames } from "@/components/ui/class-names";
import type { Alert } from "@/lib/alerts/alert";
import { type Call, whenEnded } from "@/lib/calls/call";
import type { Watcher } from "@/lib/realtime/push";

interface CallTileProps {
  call: Call;
  isCurrent: boolean;
  isInSidePanel: boolean;
  isGone: boolean;
  alert: Alert | undefined;
  watchers: readonly Watcher[] | undefined;
  onFocus: (callId: string) => void;
}

/** One live call as a tile. Renders only when its own call changed. */
export const CallTile = memo(function CallTile({
  call,
  isCurrent,
  isInSidePanel,
  isGone,
  alert,
  watchers,
  onFocus,
}: CallTileProps) {
  const [, setFilter] = useBoardFilter();
  return (
    <li
      data-call={call.id}
      className={classNames(
        "relative grid h-40 grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_auto_1fr] content-start gap-1.5 overflow-hidden rounded-lg border p-3",
        "border-line bg-surface hover:bg-hover",
        alertEdge(alert),
        isGone && "invisible",
        isInSidePanel && "outline-2 outline-accent",
        whenEnded(call) !== null && "text-muted",
      )}
    >
      <div className="flex h-9 min-w-0 items-center gap-2">
        <span className="min-w-0 grow">
          <CallLink callId={call.id} call={call} isCurrent={isCurrent} onFocus={() => onFocus(call.id)} />
        </span>
        {alert && <RowAlert alert={alert} />}
        {watchers && <Watchers people={watchers} />}
        <span className="shrink-0 text-muted">
          <LiveDuration call={call} />
        </span>
        <RowMenuButton call={call} alert={alert} onOpenSidePanel={() => setFilter({ panel: call.id })} />
      </div>
      <div className="flex min-w-0 items-center justify-between gap-2 text-xs">
        <span className="shrink-0">
          <LiveState call={call} />
        </span>
        <span className="min-w-0 truncate text-muted">
          <AssistantName call={call} />
        </span>
      </div>
      <Sparkline call={call} className="h-4 w-full" />
      <p className="self-start text-sm">
        <LastLine call={call} lines={2} />
      </p>
    </li>
  );
});

/** Pixels: minimum width of a tile, and its height with the gap. */
const tileWidth = 280;
const tileHeight = 172;

/** The board as tiles, as many beside each other as fit. */
export function CallTiles({
  calls,
  gone,
  alerts,
  currentId,
  sidePanelId,
  watchers,
  onFocus,
  ref,
}: ListProps) {
  const [columns, setColumns] = useState(1);
  const { scroller, measure, items, paddingTop, paddingBottom, scrollTo, width } = useVirtualList({
    count: Math.ceil(calls.length / columns),
    getKey: String,
    itemHeight: tileHeight,
  });
  const fitting = Math.max(1, Math.floor(width / tileWidth));
  if (fitting !== columns) setColumns(fitting);
  useListHandle(ref, scroller, (callId) =>
    scrollTo(Math.floor(calls.findIndex(({ id }) => id === callId) / columns)),
  );
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto overscroll-contain px-3 sm:px-4">
      <ul aria-label="Live calls" style={{ paddingTop, paddingBottom }}>
        {items.map(({ index, key }) => (
          <li key={key} ref={measure} data-index={index} className="pt-3">
            <ul className="grid gap-3" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {calls.slice(index * columns, (index + 1) * columns).map((call) => (
                <CallTile
                  key={call.id}
                  call={call}
                  isCurrent={call.id === (currentId ?? calls[0]?.id)}
                  isInSidePanel={call.id === sidePanelId}
                  isGone={gone.has(call.id)}
                  alert={alerts.get(call.id)}
                  watchers={watchers[call.id]}
                  onFocus={onFocus}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
