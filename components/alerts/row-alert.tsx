"use client";

import { BellRing, UserCheck } from "lucide-react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { useOpenAlert } from "@/components/alerts/use-open-alerts";
import { IconButton } from "@/components/ui/button";
import { describeAlert } from "@/lib/alerts/rules";

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
