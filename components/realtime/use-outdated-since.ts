"use client";

import { use, useSyncExternalStore } from "react";
import { clock, RenderedAt, useNow } from "@/components/clock/clock";
import { useConnection, useConnectionState } from "@/lib/realtime/client/connection";

/** Two polls in a row have failed. */
const outdatedAfterMs = 12_000;

/**
 * Epoch ms of the last update if neither pushes nor polls have arrived since, so that what the page shows is outdated; null
 * while it is current. Re-renders its component every second.
 */
export function useOutdatedSince(): number | null {
  const { getLastUpdateAt } = useConnection();
  const { status } = useConnectionState();
  const renderedAt = use(RenderedAt);
  // Read on each tick; the compiler would memoize a plain call.
  const at = useSyncExternalStore(clock.watch, getLastUpdateAt, () => null) ?? renderedAt;
  const isOutdated = useNow() - at > outdatedAfterMs;
  return status !== "connected" && isOutdated ? at : null;
}
