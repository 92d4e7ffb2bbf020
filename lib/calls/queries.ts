import { queryOptions } from "@tanstack/react-query";
import { callDetailSchema } from "@/lib/calls/detail";
import { callListSchema, collectLiveCalls, livePageSize } from "@/lib/calls/list";
import { pulseSchema } from "@/lib/calls/pulse";
import { fetchJson } from "@/lib/http/client";

/** One call with everything known of it. Pushes keep it current (applyPushToDetail), so it never goes stale by itself. */
export function callDetailQuery(callId: string) {
  return queryOptions({
    queryKey: ["calls", "detail", callId],
    queryFn: ({ signal }) => fetchJson(`/api/calls/${encodeURIComponent(callId)}`, callDetailSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Every call of the live board. Pushes keep it current (applyPushToCalls), so it never goes stale by itself. */
export const liveCallsQuery = queryOptions({
  queryKey: ["calls", "live"],
  queryFn: ({ signal }) =>
    collectLiveCalls((cursor) => {
      const asked = new URLSearchParams({ state: "board", limit: String(livePageSize) });
      if (cursor !== undefined) asked.set("cursor", cursor);
      return fetchJson(`/api/calls?${asked}`, callListSchema, signal);
    }),
  staleTime: Number.POSITIVE_INFINITY,
});

const everyMs = 30_000;

/** The last hour beside the one before, asked again every half minute: it moves slowly. */
export const pulseQuery = queryOptions({
  queryKey: ["pulse"],
  queryFn: ({ signal }) => fetchJson("/api/pulse", pulseSchema, signal),
  staleTime: everyMs,
  refetchInterval: everyMs,
});
