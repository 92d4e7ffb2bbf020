import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { reportCountSchema, reportListSchema, reportViewsSchema } from "@/lib/reports/columns";
import { reportFacetsSchema } from "@/lib/reports/filter";
import { reviewSchema } from "@/lib/reports/review";

/** The viewer's own saved filters and the shared ones. */
export const reportViewsQuery = queryOptions({
  queryKey: ["reports", "views"],
  queryFn: async ({ signal }) => (await fetchJson("/api/report-views", reportViewsSchema, signal)).views,
  staleTime: 60_000,
});

/**
 * The calls that match a filter, in pages. `params`: a filter as in the URL (toReportParams). While another filter
 * loads, the previous result stays.
 */
export function reportsQuery(params: string) {
  return infiniteQueryOptions({
    queryKey: ["reports", "list", params],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(params);
      if (pageParam) query.set("cursor", pageParam);
      return fetchJson(`/api/reports?${query}`, reportListSchema, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** The number of calls that match a filter. Ignores the sort. */
export function reportCountQuery(params: string) {
  const query = new URLSearchParams(params);
  query.delete("sort");
  return queryOptions({
    queryKey: ["reports", "count", query.toString()],
    queryFn: ({ signal }) => fetchJson(`/api/reports/count?${query}`, reportCountSchema, signal),
    placeholderData: keepPreviousData,
  });
}

export const reportFacetsQuery = queryOptions({
  queryKey: ["reports", "facets"],
  queryFn: ({ signal }) => fetchJson("/api/reports/facets", reportFacetsSchema, signal),
  staleTime: 60_000,
});

/** A call's tags, score and notes. */
export function reviewQuery(callId: string) {
  return queryOptions({
    queryKey: ["reports", "review", callId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/calls/${encodeURIComponent(callId)}/review`, reviewSchema, signal),
    staleTime: 30_000,
  });
}
