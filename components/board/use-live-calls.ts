"use client";

import { useQuery } from "@tanstack/react-query";
import type { Call } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";
import { applyPushToCalls } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

const none: readonly Call[] = [];

/** Every call the board knows, kept current by pushes, or by polling while there are none. */
export function useLiveCalls(): { calls: readonly Call[]; error: Error | null } {
  useChannel(boardChannel, liveCallsQuery.queryKey, applyPushToCalls);
  const { data, error } = useQuery({ ...liveCallsQuery, refetchInterval: usePollInterval() });
  return { calls: data ?? none, error };
}
