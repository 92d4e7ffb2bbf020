import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { reviewSchema } from "@/lib/reports/review";

/** What people make of a call. */
export function reviewQuery(callId: string) {
  return queryOptions({
    queryKey: ["reports", "review", callId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/calls/${encodeURIComponent(callId)}/review`, reviewSchema, signal),
    staleTime: 30_000,
  });
}
