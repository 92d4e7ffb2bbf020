"use client";

import { AlertActions } from "@/components/alerts/alert-actions";
import { AlertLog } from "@/components/alerts/alert-log";
import { kindLook } from "@/components/alerts/alert-look";
import { AlertStanding } from "@/components/alerts/alert-standing";
import { LiveLength } from "@/components/alerts/live-length";
import { classNames } from "@/components/ui/class-names";
import type { Alert } from "@/lib/alerts/alert";
import { isOngoing } from "@/lib/alerts/alert";

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
