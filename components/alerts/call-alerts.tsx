"use client";

import { AlertActions } from "@/components/alerts/alert-actions";
import { kindIcons } from "@/components/alerts/alert-look";
import { AlertLog, AlertStanding } from "@/components/alerts/alert-parts";
import { LiveLength } from "@/components/alerts/open-alerts";
import { alertEdge } from "@/components/alerts/row-alert";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";

/** An alert where its call is known already. */
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
      <AlertLog log={alert.acts.log} />
    </li>
  );
}

/** Every alert of one call, the newest first. What can be done about an open one stands on top of the page. */
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

/** A call's open alerts with what can be done about them: one line each where there is room. */
export function OpenCallAlerts({ alerts }: { alerts: readonly Alert[] }) {
  const open = alerts.filter(isOngoing);
  if (open.length === 0) return null;
  return (
    <ul
      aria-label="Open alerts of this call"
      className="@container sticky top-0 z-20 divide-y divide-line border-line border-b bg-surface"
    >
      {open.map((alert) => {
        const Icon = kindIcons[alert.kind];
        return (
          <li
            key={alert.id}
            data-alert={alert.id}
            className={classNames(
              "flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 sm:px-4",
              alertEdge(alert),
            )}
          >
            <span className="flex items-center gap-2 font-medium text-hang">
              <Icon aria-hidden className="size-4 shrink-0" />
              {alertLabel(alert.kind)}
              <span className="text-[1.15em] leading-none">
                <LiveLength alert={alert} />
              </span>
            </span>
            <span className="min-w-0 text-xs">
              <AlertStanding alert={alert} />
            </span>
            <span className="@2xl:ml-auto">
              <AlertActions alert={alert} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
