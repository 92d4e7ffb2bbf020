"use client";

import { useAlertsContext } from "@/components/alerts/alerts-context";
import { AssignMenu } from "@/components/alerts/assign-menu";
import { NoteButton } from "@/components/alerts/note-button";
import { ResolveButton } from "@/components/alerts/resolve-button";
import { SnoozeMenu } from "@/components/alerts/snooze-menu";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { Button } from "@/components/ui/button";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

/** What can be done about an alert that is going on. Nothing is offered to those who may not. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActs();
  if (!canAct) return null;
  return (
    <div className="relative z-10 flex flex-wrap items-center gap-1.5">
      {!alert.acts.acknowledged && (
        <Button
          look="primary"
          size="small"
          aria-label={`Acknowledge: ${describeAlert(alert)}`}
          onClick={() => acknowledge(alert)}
        >
          Acknowledge
        </Button>
      )}
      <AssignMenu alert={alert} />
      <SnoozeMenu alert={alert} />
      <ResolveButton alert={alert} />
      <NoteButton alert={alert} />
    </div>
  );
}
