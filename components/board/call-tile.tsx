import Link from "next/link";
import { memo } from "react";
import { RowAlert } from "@/components/alerts/row-alert";
import { AssistantName } from "@/components/calls/assistant-name";
import { LastLine } from "@/components/calls/last-line";
import { LiveDuration } from "@/components/calls/live-duration";
import { LiveState } from "@/components/calls/live-state";
import { Watchers } from "@/components/calls/watchers";
import { classNames } from "@/components/ui/class-names";
import { LinkPending } from "@/components/ui/link-pending";
import type { Call } from "@/lib/calls/call";
import { callTitle, whenEnded } from "@/lib/calls/call";
import type { Watcher } from "@/lib/realtime/push";

interface CallTileProps {
  call: Call;
  isCurrent: boolean;
  isBeside: boolean;
  watchers: readonly Watcher[] | undefined;
  onFocus: (callId: string) => void;
}

/** One live call as a tile. Renders only when its own call changed. */
export const CallTile = memo(function CallTile({
  call,
  isCurrent,
  isBeside,
  watchers,
  onFocus,
}: CallTileProps) {
  return (
    <li
      data-call={call.id}
      className={classNames(
        "relative grid h-36 grid-rows-[auto_auto_1fr] gap-1.5 overflow-hidden rounded-lg border p-3",
        call.hangingSince ? "border-hang bg-hang-soft" : "border-line bg-surface hover:bg-hover",
        isBeside && "outline-2 outline-accent",
        whenEnded(call) !== null && "text-muted",
      )}
    >
      <div className="flex justify-between gap-2">
        <Link
          href={`/calls/${call.id}`}
          prefetch={false}
          tabIndex={isCurrent ? 0 : -1}
          onFocus={() => onFocus(call.id)}
          className="truncate rounded-lg font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          <bdi>{callTitle(call)}</bdi>
          <LinkPending />
        </Link>
        <span className="flex items-center gap-2 text-muted">
          <RowAlert callId={call.id} />
          {watchers && <Watchers people={watchers} />}
          <LiveDuration call={call} />
        </span>
      </div>
      <div className="flex justify-between gap-2 text-xs">
        <LiveState call={call} />
        <span className="truncate text-muted">
          <AssistantName call={call} />
        </span>
      </div>
      <p className="line-clamp-3 text-sm">
        <LastLine call={call} />
      </p>
    </li>
  );
});
