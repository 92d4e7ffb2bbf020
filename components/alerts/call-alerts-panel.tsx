import { CallAlert } from "@/components/alerts/call-alert";
import { Panel } from "@/components/ui/panel";
import type { Alert } from "@/lib/alerts/alert";

/** Every alert of one call, the newest first, and what can be done about one that is going on. */
export function CallAlertsPanel({ alerts }: { alerts: readonly Alert[] }) {
  if (alerts.length === 0) return null;
  return (
    <Panel title="Alerts" aside={String(alerts.length)}>
      <ul aria-label="Alerts of this call" className="grid gap-3">
        {alerts.map((alert) => (
          <CallAlert key={alert.id} alert={alert} />
        ))}
      </ul>
    </Panel>
  );
}
