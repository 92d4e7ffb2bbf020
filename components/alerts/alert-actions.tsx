"use client";

import { ActButtons } from "@/components/alerts/act-buttons";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { AlertOffers } from "@/components/control/alert-offers";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";

/** Actions on an open alert. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { perform } = useAlertActs();
  return (
    <ActButtons
      what={describeAlert(alert)}
      noun="alert"
      acts={alert.acts}
      isOpen
      perform={(request, assignee) => perform(alert, request, assignee)}
    >
      <AlertOffers alert={alert} />
    </ActButtons>
  );
}
