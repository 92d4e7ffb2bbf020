import type { QueryClient } from "@tanstack/react-query";
import type { Alert } from "@/lib/alerts/alert";
import { alertHistoryQuery } from "@/lib/alerts/alert-history-query";
import { openAlertsQuery } from "@/lib/alerts/open-alerts-query";
import { callDetailQuery } from "@/lib/calls/call-detail-query";

type Patch = (alert: Alert) => Alert;

/** Changes one alert wherever the query cache holds it: open alerts, its call's, the history. */
export function patchCachedAlert(
  client: QueryClient,
  { id, callId }: Pick<Alert, "id" | "callId">,
  patch: Patch,
): void {
  const patchOne = (alert: Alert) => (alert.id === id ? patch(alert) : alert);
  const patchAll = (alerts: readonly Alert[] | undefined) => alerts?.map(patchOne);
  client.setQueryData(openAlertsQuery.queryKey, patchAll);
  client.setQueryData(
    callDetailQuery(callId).queryKey,
    (detail) => detail && { ...detail, alerts: detail.alerts.map(patchOne) },
  );
  client.setQueryData(
    alertHistoryQuery.queryKey,
    (history) =>
      history && {
        ...history,
        pages: history.pages.map((page) => ({ ...page, alerts: page.alerts.map(patchOne) })),
      },
  );
}

/** Puts an alert among the open ones, should it not be there: one that only this browser's clock has seen. */
export function addCachedAlert(client: QueryClient, alert: Alert): void {
  client.setQueryData(openAlertsQuery.queryKey, (alerts: readonly Alert[] | undefined) =>
    alerts?.some(({ id }) => id === alert.id) ? alerts : [alert, ...(alerts ?? [])],
  );
}
