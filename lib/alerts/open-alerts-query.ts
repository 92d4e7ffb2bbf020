import { queryOptions } from "@tanstack/react-query";
import type { Alert } from "@/lib/alerts/alert";
import { alertListSchema } from "@/lib/alerts/alert-list";
import { fetchJson } from "@/lib/http/fetch-json";

/** Every alert that is open. Pushes keep it current (applyPushToAlerts), so it never goes stale by itself. */
export const openAlertsQuery = queryOptions({
  queryKey: ["alerts", "open"],
  queryFn: async ({ signal }): Promise<readonly Alert[]> =>
    (await fetchJson("/api/alerts?state=open", alertListSchema, signal)).alerts,
  staleTime: Number.POSITIVE_INFINITY,
});
