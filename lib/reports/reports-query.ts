import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { reportFacetsSchema } from "@/lib/reports/report-facets";
import { reportCountSchema, reportListSchema } from "@/lib/reports/report-row";

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
