"use client";

import { ActionButtons } from "@/components/alerts/action-buttons";
import { useAlertActions } from "@/components/alerts/use-alert-actions";
import { AlertOffers } from "@/components/control/alert-offers";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";

/** Actions on an open alert. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { perform } = useAlertActions();
  return (
    <ActionButtons
      id={alert.id}
      what={describeAlert(alert)}
      noun="alert"
      acts={alert.acts}
      isOpen
      perform={(request, assignee) => perform(alert, request, assignee)}
    >
      <AlertOffers alert={alert} />
    </ActionButtons>
  );
}
