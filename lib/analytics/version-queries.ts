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

/** Comparison of an assistant's versions; refetched every minute. */
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

/** Open version alerts; refetched every minute, and after someone acts on one. */
export const versionAlertsQuery = queryOptions({
  queryKey: ["version-alerts"],
  queryFn: ({ signal }): Promise<VersionAlertList> =>
    fetchJson("/api/analytics/version-alerts", versionAlertListSchema, signal),
  staleTime: 60_000,
  refetchInterval: 60_000,
});

/** Page size of past alerts. */
export const pastVersionAlertsShown = 10;

/** Closed or resolved version alerts, newest first, in pages. */
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

/** Patches an open version alert in the query cache. */
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
