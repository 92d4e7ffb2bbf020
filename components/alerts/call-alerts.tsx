"use client";

import { BellRing, UserCheck } from "lucide-react";
import { AlertActions } from "@/components/alerts/alert-actions";
import { kindLook } from "@/components/alerts/alert-look";
import { AlertLog, AlertStanding } from "@/components/alerts/alert-parts";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { LiveLength } from "@/components/alerts/open-alerts";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { useOpenAlert } from "@/components/alerts/use-open-alerts";
import { IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

/** An alert where its call is known already. */
export function CallAlert({ alert }: { alert: Alert }) {
  const { Icon, word } = kindLook[alert.kind];
  const isOpen = isOngoing(alert);
  return (
    <li data-alert={alert.id} className="grid gap-1.5">
      <p className="flex items-center gap-2">
        <Icon aria-hidden className={classNames("size-4 shrink-0", isOpen ? "text-hang" : "text-muted")} />
        <span className={isOpen ? "font-medium text-hang" : ""}>{word}</span>
        <span className="ml-auto">
          <LiveLength alert={alert} />
        </span>
      </p>
      <p className="text-xs">
        <AlertStanding alert={alert} />
      </p>
      {isOpen && <AlertActions alert={alert} />}
      <AlertLog log={alert.acts.log} />
    </li>
  );
}

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

/** In a call's row: who has its alert, or the way to take it. Nothing while it has none. The keyboard has a key for it. */
export function RowAlert({ callId }: { callId: string }) {
  const alert = useOpenAlert(callId);
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActs();
  if (!alert) return null;
  const holder = alert.acts.assignee ?? alert.acts.acknowledged?.by;
  if (holder) {
    return (
      <span className="inline-flex items-center gap-1 text-waiting text-xs">
        <UserCheck aria-hidden className="size-3.5" />
        <span className="sr-only">Alert taken by </span>
        {holder.name}
      </span>
    );
  }
  if (!canAct) return null;
  return (
    <IconButton
      label={`Acknowledge: ${describeAlert(alert)}`}
      shortcut="a"
      tabIndex={-1}
      onClick={() => acknowledge(alert)}
      className="relative z-10 size-7 text-hang"
    >
      <BellRing aria-hidden />
    </IconButton>
  );
}
