import { queryOptions } from "@tanstack/react-query";
import { callListSchema, collectLiveCalls, livePageSize } from "@/lib/calls/list";
import { pulseSchema } from "@/lib/calls/pulse";
import { fetchJson } from "@/lib/http/client";

/** Cache key of a call's page. Its query (detail-query.ts) imports schemas that other pages need not load. */
export const callDetailKey = (callId: string) => ["calls", "detail", callId] as const;

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

/** The last hour and the one before, refetched every 30 s: it changes slowly. */
export const pulseQuery = queryOptions({
  queryKey: ["pulse"],
  queryFn: ({ signal }) => fetchJson("/api/pulse", pulseSchema, signal),
  staleTime: everyMs,
  refetchInterval: everyMs,
});
