import { queryOptions } from "@tanstack/react-query";
import { callListSchema } from "@/lib/calls/call-list";
import { collectLiveCalls, livePageSize } from "@/lib/calls/collect-live-calls";
import { fetchJson } from "@/lib/http/fetch-json";

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
