"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError } from "@/components/ui/toast";
import { applyActionOptimistically, joinAlert } from "@/lib/alerts/acts";
import { type ActRequest, type Alert, type AlertActor, alertSchema, isOngoing } from "@/lib/alerts/alert";
import { addCachedAlert, alertRulesQuery, openAlertsQuery, patchCachedAlert } from "@/lib/alerts/queries";
import { toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";
import { callDetailKey } from "@/lib/calls/queries";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ alert: alertSchema });

interface Asked {
  alert: Alert;
  request: ActRequest;
  assignee: AlertActor | null;
}

export interface AlertActs {
  /** `assignee`: who it goes to, for an assignment. */
  perform: (alert: Alert, request: ActRequest, assignee?: AlertActor | null) => void;
  acknowledge: (alert: Alert) => void;
  /** `to` null: nobody has it any more. */
  assign: (alert: Alert, to: AlertActor | null) => void;
  /** 0 minutes: wakes it up. */
  snooze: (alert: Alert, minutes: number) => void;
}

/** What can be done about alerts. Shown at once; taken back, with the reason, should the server not agree. */
export function useAlertActs(): AlertActs {
  const client = useQueryClient();
  const { me } = useAlertsContext();
  const { mutate } = useMutation({
    mutationFn: ask,
    // One after the other, in the order they were done: a resolved alert cannot be assigned any more.
    scope: { id: "alert-actions" },
    onMutate: ({ alert, request, assignee }) => {
      showError(null);
      addCachedAlert(client, alert);
      const at = new Date().toISOString();
      patchCachedAlert(client, alert, (known) =>
        applyActionOptimistically(known, { request, by: me, at, assignee }),
      );
    },
    onSuccess: (alert) => patchCachedAlert(client, alert, (known) => joinAlert(alert, known)),
    onError: (error, { alert }) => {
      showError(error.message);
      rollBack(client, alert);
    },
  });
  const perform = (alert: Alert, request: ActRequest, assignee: AlertActor | null = null) =>
    mutate({ alert, request, assignee });
  return {
    perform,
    acknowledge: (alert) => perform(alert, { kind: "acknowledge" }),
    assign: (alert, to) =>
      perform(alert, { kind: "assign", to: to?.id ?? null, from: alert.acts.assignee?.id ?? null }, to),
    snooze: (alert, minutes) => perform(alert, { kind: "snooze", minutes }),
  };
}

async function ask({ alert, request: { kind, ...body } }: Asked): Promise<Alert> {
  const sent = await sendJson("POST", `/api/alerts/${encodeURIComponent(alert.id)}/${kind}`, body);
  if (!sent.ok) throw new Error(sent.why);
  return answerSchema.parse(sent.value).alert;
}

/** Takes back what was only hoped for, unless a push has said better meanwhile; then asks how things really are. */
function rollBack(client: QueryClient, { id, callId, acts }: Alert): void {
  patchCachedAlert(client, { id, callId }, (known) =>
    known.acts.version === acts.version ? { ...known, acts } : known,
  );
  void client.invalidateQueries({ queryKey: ["alerts"] });
  void client.invalidateQueries({ queryKey: callDetailKey(callId) });
}

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
