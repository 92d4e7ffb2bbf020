"use client";

import { useQuery } from "@tanstack/react-query";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { callChannel } from "@/lib/realtime/push";

/** One call in full, kept current by pushes, or by polling while the push connection is down. */
export function useCallDetail(callId: string) {
  const query = callDetailQuery(callId);
  useChannel(callChannel(callId), query.queryKey, applyPushToDetail);
  return useQuery({ ...query, refetchInterval: usePollInterval() });
}
