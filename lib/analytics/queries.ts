import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type AnalyticsFilter, analyticsSchema } from "@/lib/analytics/analytics";
import { stageAnalyticsSchema } from "@/lib/analytics/stages";
import { fetchJson } from "@/lib/http/client";

/** Keeps the previous result on the page until the new one arrives; refetched every minute. */
const slowly = { placeholderData: keepPreviousData, staleTime: 60_000, refetchInterval: 60_000 } as const;

const toParams = (filter: AnalyticsFilter) =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Analytics of the calls that match a filter. */
export function analyticsQuery(filter: AnalyticsFilter) {
  return queryOptions({
    ...slowly,
    queryKey: ["analytics", filter],
    queryFn: ({ signal }) => fetchJson(`/api/analytics?${toParams(filter)}`, analyticsSchema, signal),
  });
}

/** Stages and providers of the same calls. */
export function stagesQuery(filter: AnalyticsFilter) {
  return queryOptions({
    ...slowly,
    queryKey: ["analytics-stages", filter],
    queryFn: ({ signal }) =>
      fetchJson(`/api/analytics/stages?${toParams(filter)}`, stageAnalyticsSchema, signal),
  });
}
