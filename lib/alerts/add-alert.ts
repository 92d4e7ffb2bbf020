import type { Alert } from "@/lib/alerts/alert";
import { joinAlert } from "@/lib/alerts/join-alert";

/** A list of alerts with one more word of one of them; a new one comes first. The same list when it says nothing new. */
export function addAlert(alerts: readonly Alert[], alert: Alert): readonly Alert[] {
  const index = alerts.findIndex(({ id }) => id === alert.id);
  const known = alerts[index];
  if (!known) return [alert, ...alerts];
  const joined = joinAlert(known, alert);
  return joined === known ? alerts : alerts.with(index, joined);
}
