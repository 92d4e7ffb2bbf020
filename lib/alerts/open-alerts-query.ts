import { queryOptions } from "@tanstack/react-query";
import type { Alert } from "@/lib/alerts/alert";
import { alertListSchema } from "@/lib/alerts/alert-list";
import { joinAlert } from "@/lib/alerts/join-alert";
import { fetchJson } from "@/lib/http/fetch-json";

const queryKey = ["alerts", "open"] as const;

/**
 * Every alert that is open. Pushes keep it current (applyPushToAlerts), so it never goes stale by itself. What is fetched
 * is joined with what is known: an act that is still on its way stays shown.
 */
export const openAlertsQuery = queryOptions({
  queryKey,
  queryFn: async ({ signal, client }): Promise<readonly Alert[]> => {
    const { alerts } = await fetchJson("/api/alerts?state=open", alertListSchema, signal);
    const known = client.getQueryData<readonly Alert[]>(queryKey) ?? [];
    return alerts.map((alert) => {
      const before = known.find(({ id }) => id === alert.id);
      return before ? joinAlert(alert, before) : alert;
    });
  },
  staleTime: Number.POSITIVE_INFINITY,
});
