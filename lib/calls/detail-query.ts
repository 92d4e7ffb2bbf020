import { queryOptions } from "@tanstack/react-query";
import { callDetailSchema } from "@/lib/calls/detail";
import { callerHistorySchema } from "@/lib/calls/list";
import { callDetailKey } from "@/lib/calls/queries";
import { fetchJson } from "@/lib/http/client";

/** One call with everything known about it. Pushes keep it current (applyPushToDetail), so it never goes stale by itself. */
export function callDetailQuery(callId: string) {
  return queryOptions({
    queryKey: callDetailKey(callId),
    queryFn: ({ signal }) => fetchJson(`/api/calls/${encodeURIComponent(callId)}`, callDetailSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Earlier calls from a call's number, fetched only once their list is opened. */
export function callerHistoryQuery(callId: string) {
  return queryOptions({
    queryKey: ["calls", "caller", callId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/calls/${encodeURIComponent(callId)}/caller`, callerHistorySchema, signal),
    staleTime: 60_000,
  });
}
