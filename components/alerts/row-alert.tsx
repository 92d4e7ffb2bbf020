"use client";

import { BellRing, CircleCheck, UserCheck } from "lucide-react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActions } from "@/components/alerts/use-alert-actions";
import { IconButton } from "@/components/ui/button";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";

/** In a call's row: who has or resolved its alert, or a button to acknowledge it. The keyboard has a shortcut. */
export function RowAlert({ alert }: { alert: Alert }) {
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActions();
  const { resolved, assignee, acknowledged } = alert.acts;
  if (resolved) {
    return (
      <span className="inline-flex min-w-0 shrink-[99] items-center gap-1 text-muted text-xs">
        <CircleCheck aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate" title={`Resolved by ${resolved.by.name}`}>
          Resolved by {resolved.by.name}
        </span>
      </span>
    );
  }
  const holder = assignee ?? acknowledged?.by;
  if (holder) {
    return (
      <span className="inline-flex min-w-0 shrink-[99] items-center gap-1 text-waiting text-xs">
        <UserCheck aria-hidden className="size-3.5 shrink-0" />
        <span className="sr-only">Alert assigned to </span>
        <span className="truncate" title={holder.name}>
          {holder.name}
        </span>
      </span>
    );
  }
  if (!canAct) return null;
  return (
    <IconButton
      label={`Acknowledge: ${describeAlert(alert)}`}
      shortcut="a"
      isSmall
      tabIndex={-1}
      onClick={() => acknowledge(alert)}
      className="relative z-10 [&_svg]:text-hang"
    >
      <BellRing aria-hidden />
    </IconButton>
  );
}

/** Edge of a row or tile whose call has an open alert. Red is used for this alone, so that it stands out. */
export function alertEdge(alert: Alert | undefined): string {
  if (!alert || alert.acts.resolved) return "";
  return alert.acts.acknowledged
    ? "shadow-[inset_3px_0_0_var(--waiting)]"
    : "shadow-[inset_3px_0_0_var(--hang)]";
}
