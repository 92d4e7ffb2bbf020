import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type VersionFilter,
  versionAlertListSchema,
  versionComparisonSchema,
} from "@/lib/analytics/versions";
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

/** Versions that are worse than the one before; looked at again every minute. */
export const versionAlertsQuery = queryOptions({
  queryKey: ["version-alerts"],
  queryFn: ({ signal }) => fetchJson("/api/analytics/version-alerts", versionAlertListSchema, signal),
  staleTime: 60_000,
  refetchInterval: 60_000,
});
