import { queryOptions } from "@tanstack/react-query";
import { callDetailSchema } from "@/lib/calls/call-detail";
import { fetchJson } from "@/lib/http/fetch-json";

/** One call with everything known of it. Pushes keep it current (applyPushToDetail), so it never goes stale by itself. */
export function callDetailQuery(callId: string) {
  return queryOptions({
    queryKey: ["calls", "detail", callId],
    queryFn: ({ signal }) => fetchJson(`/api/calls/${encodeURIComponent(callId)}`, callDetailSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
