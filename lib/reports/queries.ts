import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { reportCountSchema, reportListSchema, reportViewsSchema } from "@/lib/reports/columns";
import { reportFacetsSchema } from "@/lib/reports/filter";
import { reviewSchema } from "@/lib/reports/review";

/** One's own views of the archive and the shared ones. */
export const reportViewsQuery = queryOptions({
  queryKey: ["reports", "views"],
  queryFn: async ({ signal }) => (await fetchJson("/api/report-views", reportViewsSchema, signal)).views,
  staleTime: 60_000,
});

/**
 * The archive by a filter as the URL says it (toReportParams), a page at a time.
 * While another filter is on its way, what was there stays.
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

/** How many there are. The order does not matter to it. */
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

/** What people make of a call. */
export function reviewQuery(callId: string) {
  return queryOptions({
    queryKey: ["reports", "review", callId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/calls/${encodeURIComponent(callId)}/review`, reviewSchema, signal),
    staleTime: 30_000,
  });
}
