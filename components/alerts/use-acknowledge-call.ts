"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { isOngoing } from "@/lib/alerts/alert";
import { alertRulesQuery, openAlertsQuery } from "@/lib/alerts/queries";
import { toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";

/** Acknowledges the alert a call has, be it that only this browser's clock has noticed it yet; does nothing where there is none. */
export function useAcknowledgeCall(): (call: Call) => void {
  const client = useQueryClient();
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActs();
  return (call) => {
    const open = client.getQueryData(openAlertsQuery.queryKey) ?? [];
    const rules = client.getQueryData(alertRulesQuery.queryKey);
    const noticed = open.find((alert) => alert.callId === call.id && isOngoing(alert));
    const alert = noticed ?? (rules && toClockAlert(call, rules, Date.now()));
    if (alert && canAct && !alert.acts.acknowledged) acknowledge(alert);
  };
}
