"use client";

import { LoaderCircle, RefreshCw, Wifi, WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { clock, useNow } from "@/components/clock/clock";
import { useOutdatedSince } from "@/components/realtime/use-outdated-since";
import { Tip } from "@/components/ui/tip";
import { formatAgo, formatDuration } from "@/lib/format";
import { useConnection, useConnectionState } from "@/lib/realtime/client/connection";
import type { ConnectionState } from "@/lib/realtime/client/connection-types";

/** State of the push connection and age of the data. Never claims to be connected when it is not. */
export function ConnectionBadge() {
  const state = useConnectionState();
  const outdatedSince = useOutdatedSince();
  const { icon, words } = outdatedSince === null ? present(state) : noConnection;
  return (
    <Tip label={<LastUpdate />}>
      <button
        type="button"
        data-testid="connection"
        data-status={state.status}
        className="reach inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-muted text-xs [&_svg]:size-3.5"
      >
        {icon}
        {outdatedSince === null ? (
          <span className="max-sm:sr-only">
            {words}
            {state.status === "reconnecting" && <Since at={state.since} and=", polling" />}
          </span>
        ) : (
          <span className="text-left text-hang leading-tight">
            {words}
            <Since at={outdatedSince} />
          </span>
        )}
      </button>
    </Tip>
  );
}

function present({ status }: ConnectionState) {
  switch (status) {
    case "connected":
      return { icon: <Wifi aria-hidden className="text-success" />, words: "Connected" };
    case "connecting":
      return { icon: <LoaderCircle aria-hidden className="motion-safe:animate-spin" />, words: "Connecting" };
    case "reconnecting":
      return { icon: <WifiOff aria-hidden className="text-waiting" />, words: "Reconnecting" };
    case "polling":
      return { icon: <RefreshCw aria-hidden className="text-waiting" />, words: "Polling every 5 s" };
  }
}

/** Neither pushes nor polls arrive. */
const noConnection = {
  icon: <WifiOff aria-hidden className="text-hang" />,
  words: "No connection",
};

/** " for 0:27", updated every second. `at`: epoch ms. */
export function Since({ at, and = "" }: { at: number; and?: string }) {
  return ` for ${formatDuration(useNow() - at)}${and}`;
}

function LastUpdate() {
  const now = useNow();
  // Read on each tick; the compiler would memoize a plain call.
  const at = useSyncExternalStore(clock.watch, useConnection().getLastUpdateAt, () => null);
  if (at === null) return "No update since the page was opened";
  const ago = formatAgo(new Date(at).toISOString(), now) ?? `${formatDuration(now - at)} ago`;
  return `Last update ${ago}`;
}
