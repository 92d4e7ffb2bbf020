"use client";

import { AlertLog, AlertStanding, FiredRuleLine, LiveLength } from "@/components/alerts/alert-parts";
import { kindIcons } from "@/components/alerts/alert-style";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";

/** An alert in a place where its call is already clear. */
function CallAlert({ alert }: { alert: Alert }) {
  const Icon = kindIcons[alert.kind];
  const isOpen = isOngoing(alert);
  return (
    <li className="grid gap-1.5">
      <p className="flex items-center gap-2">
        <Icon aria-hidden className={classNames("size-4 shrink-0", isOpen ? "text-hang" : "text-muted")} />
        <span className={isOpen ? "font-medium text-hang" : ""}>{alertLabel(alert.kind)}</span>
        <span className="ml-auto">
          <LiveLength alert={alert} />
        </span>
      </p>
      <p className="text-xs">
        <AlertStanding alert={alert} />
      </p>
      <FiredRuleLine alert={alert} />
      <AlertLog log={alert.acts.log} />
    </li>
  );
}

/** All alerts of a call, newest first. Actions on open ones are at the top of the page. */
export function CallAlertsPanel({ alerts: known }: { alerts: readonly Alert[] }) {
  const alerts = known.filter(({ outcome }) => outcome !== "withdrawn");
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
