import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { analyticsSchema } from "@/lib/analytics/analytics";
import type { AnalyticsFilter } from "@/lib/analytics/analytics-filter";
import { fetchJson } from "@/lib/http/fetch-json";

const minuteMs = 60_000;

/** Analytics of a filter. What went before stays on the page until the new ones are there; every minute they are looked at again. */
export function analyticsQuery(filter: AnalyticsFilter) {
  const params = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return queryOptions({
    queryKey: ["analytics", filter],
    queryFn: ({ signal }) => fetchJson(`/api/analytics?${params}`, analyticsSchema, signal),
    placeholderData: keepPreviousData,
    staleTime: minuteMs,
    refetchInterval: minuteMs,
  });
}
