import { queryOptions } from "@tanstack/react-query";
import type { Alert } from "@/lib/alerts/alert";
import { alertListSchema } from "@/lib/alerts/alert-list";
import { fetchJson } from "@/lib/http/fetch-json";

/** Every alert one call has had, newest first. Pushes keep it current (applyPushToAlerts). */
export function callAlertsQuery(callId: string) {
  return queryOptions({
    queryKey: ["alerts", "call", callId],
    queryFn: async ({ signal }): Promise<readonly Alert[]> => {
      const query = new URLSearchParams({ state: "all", callId, limit: "500" });
      return (await fetchJson(`/api/alerts?${query}`, alertListSchema, signal)).alerts;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
