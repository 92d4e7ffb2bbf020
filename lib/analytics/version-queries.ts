import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import {
  type VersionAlert,
  type VersionAlertList,
  versionAlertListSchema,
} from "@/lib/analytics/version-alert";
import { type VersionFilter, versionComparisonSchema } from "@/lib/analytics/versions";
import { fetchJson } from "@/lib/http/client";

/** How versions of an assistant compare; looked at again every minute. */
export function versionsQuery(filter: VersionFilter) {
  const params = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return queryOptions({
    queryKey: ["versions", filter],
    queryFn: ({ signal }) => fetchJson(`/api/analytics/versions?${params}`, versionComparisonSchema, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: 60_000,
  });
}

/** Versions that are worse than the one before; looked at again every minute, and when somebody has acted on one. */
export const versionAlertsQuery = queryOptions({
  queryKey: ["version-alerts"],
  queryFn: ({ signal }): Promise<VersionAlertList> =>
    fetchJson("/api/analytics/version-alerts", versionAlertListSchema, signal),
  staleTime: 60_000,
  refetchInterval: 60_000,
});

/** How many past ones are shown before older ones are asked for. */
export const pastVersionAlertsShown = 10;

/** Those that are over, newest first, a page at a time. */
export const pastVersionAlertsQuery = infiniteQueryOptions({
  queryKey: [...versionAlertsQuery.queryKey, "past"],
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({ state: "past", limit: String(pastVersionAlertsShown) });
    if (pageParam) query.set("cursor", pageParam);
    return fetchJson(`/api/analytics/version-alerts?${query}`, versionAlertListSchema, signal);
  },
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
  refetchInterval: 60_000,
});

export type PastVersionAlerts = InfiniteData<VersionAlertList, string>;

/** Changes an open one in the query cache. */
export function patchCachedVersionAlert(
  client: QueryClient,
  id: string,
  patch: (alert: VersionAlert) => VersionAlert,
): void {
  client.setQueryData(
    versionAlertsQuery.queryKey,
    (all: VersionAlertList | undefined) =>
      all && { ...all, alerts: all.alerts.map((alert) => (alert.id === id ? patch(alert) : alert)) },
  );
}
