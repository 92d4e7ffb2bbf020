import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type AnalyticsFilter, analyticsSchema } from "@/lib/analytics/analytics";
import { stageAnalyticsSchema } from "@/lib/analytics/stages";
import { fetchJson } from "@/lib/http/client";

/** What went before stays on the page until the new is there; looked at again every minute. */
const slowly = { placeholderData: keepPreviousData, staleTime: 60_000, refetchInterval: 60_000 } as const;

const toParams = (filter: AnalyticsFilter) =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** How a filter's calls went. */
export function analyticsQuery(filter: AnalyticsFilter) {
  return queryOptions({
    ...slowly,
    queryKey: ["analytics", filter],
    queryFn: ({ signal }) => fetchJson(`/api/analytics?${toParams(filter)}`, analyticsSchema, signal),
  });
}

/** Their stages and providers. */
export function stagesQuery(filter: AnalyticsFilter) {
  return queryOptions({
    ...slowly,
    queryKey: ["analytics-stages", filter],
    queryFn: ({ signal }) =>
      fetchJson(`/api/analytics/stages?${toParams(filter)}`, stageAnalyticsSchema, signal),
  });
}
