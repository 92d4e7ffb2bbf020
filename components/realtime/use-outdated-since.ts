"use client";

import { hashKey, type QueryKey } from "@tanstack/react-query";
import { use, useSyncExternalStore } from "react";
import { clock, RenderedAt, useNow } from "@/components/clock/clock";
import { useConnection, useConnectionState } from "@/lib/realtime/client/connection";

/** Two polls in a row have failed. */
const outdatedAfterMs = 12_000;

/**
 * Epoch ms of the last update if neither pushes nor polls have arrived since, so that what the page shows is outdated; null
 * while it is current. Re-renders its component every second.
 * @param queryKey a query that pushes keep current: after a lost connection it is outdated until it has been answered itself
 */
export function useOutdatedSince(queryKey?: QueryKey): number | null {
  const { getLastUpdateAt, isBehind } = useConnection();
  const { status } = useConnectionState();
  const renderedAt = use(RenderedAt);
  const hash = queryKey && hashKey(queryKey);
  // Read on each tick; the compiler would memoize a plain call.
  const at =
    useSyncExternalStore(
      clock.watch,
      () => getLastUpdateAt(hash),
      () => null,
    ) ?? renderedAt;
  const mayLack = useSyncExternalStore(
    clock.watch,
    () => hash !== undefined && isBehind(hash),
    () => false,
  );
  const isOutdated = useNow() - at > outdatedAfterMs;
  return (status !== "connected" || mayLack) && isOutdated ? at : null;
}
