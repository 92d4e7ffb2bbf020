"use client";

import { useConnectionState } from "@/lib/realtime/use-connection-state";

const pollMs = 5_000;

/** For a query's `refetchInterval`: every five seconds while realtime is not connected, never while it is. */
export function usePollInterval(): number | false {
  return useConnectionState().status === "connected" ? false : pollMs;
}
