"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError } from "@/components/ui/toast";
import { applyActionOptimistically, joinAlert } from "@/lib/alerts/actions";
import {
  type ActionRequest,
  type Alert,
  type AlertActor,
  alertSchema,
  chooseAlertPerCall,
  isOngoing,
} from "@/lib/alerts/alert";
import { addCachedAlert, alertRulesQuery, openAlertsQuery, patchCachedAlert } from "@/lib/alerts/queries";
import { toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";
import { callDetailKey } from "@/lib/calls/queries";
import { sendJson } from "@/lib/http/client";
import { serverTime } from "@/lib/http/server-time";

const answerSchema = z.object({ alert: alertSchema });

interface Asked {
  alert: Alert;
  request: ActionRequest;
  assignee: AlertActor | null;
}

export interface AlertActionHandlers {
  /** `assignee`: the new assignee, for an assignment. */
  perform: (alert: Alert, request: ActionRequest, assignee?: AlertActor | null) => void;
  acknowledge: (alert: Alert) => void;
  /** `to` null: removes the assignee. */
  assign: (alert: Alert, to: AlertActor | null) => void;
  /** 0 minutes ends the snooze. */
  snooze: (alert: Alert, minutes: number) => void;
}

/** Actions on alerts. Applied optimistically; rolled back with the reason if the server rejects one. */
export function useAlertActions(): AlertActionHandlers {
  const client = useQueryClient();
  const { me } = useAlertsContext();
  const { mutate } = useMutation({
    mutationFn: ask,
    // In order, one after the other: for example, a resolved alert cannot be assigned any more.
    scope: { id: "alert-actions" },
    onMutate: ({ alert, request, assignee }) => {
      showError(null);
      addCachedAlert(client, alert);
      const at = new Date(serverTime.now()).toISOString();
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
  const perform = (alert: Alert, request: ActionRequest, assignee: AlertActor | null = null) =>
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

/** Rolls back the optimistic change, unless a newer push has arrived; then refetches. */
function rollBack(client: QueryClient, { id, callId, acts }: Alert): void {
  patchCachedAlert(client, { id, callId }, (known) =>
    known.acts.version === acts.version ? { ...known, acts } : known,
  );
  void client.invalidateQueries({ queryKey: ["alerts"] });
  void client.invalidateQueries({ queryKey: callDetailKey(callId) });
}

/**
 * Acknowledges the alert that stands for a call, even one that so far only this browser's clock has raised; does nothing
 * if there is none.
 */
export function useAcknowledgeCall(): (call: Call) => void {
  const client = useQueryClient();
  const { canAct } = useAlertsContext();
  const { acknowledge } = useAlertActions();
  return (call) => {
    const open = client.getQueryData(openAlertsQuery.queryKey) ?? [];
    const rules = client.getQueryData(alertRulesQuery.queryKey);
    const now = serverTime.now();
    const found = rules ? toClockAlert(call, rules, now) : null;
    const isNew = found !== null && !open.some(({ id }) => id === found.id);
    const ongoing = open.filter((alert) => alert.callId === call.id && isOngoing(alert));
    const alert = chooseAlertPerCall(isNew ? [...ongoing, found] : ongoing, now).get(call.id);
    if (alert && canAct && !alert.acts.acknowledged) acknowledge(alert);
  };
}
