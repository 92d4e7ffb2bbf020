import { queryOptions } from "@tanstack/react-query";
import { callListSchema } from "@/lib/calls/call-list";
import { fetchJson } from "@/lib/http/fetch-json";

/** As many as the board can show; the API's own limit. */
export const liveCallsLimit = 1_000;

/** Every call of the live board. Pushes keep it current (applyPushToCalls), so it never goes stale by itself. */
export const liveCallsQuery = queryOptions({
  queryKey: ["calls", "live"],
  queryFn: async ({ signal }) =>
    (await fetchJson(`/api/calls?state=board&limit=${liveCallsLimit}`, callListSchema, signal)).calls,
  staleTime: Number.POSITIVE_INFINITY,
});
