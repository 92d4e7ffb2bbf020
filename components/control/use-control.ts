"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError, showProgress } from "@/components/ui/toast";
import type { AlertActor } from "@/lib/alerts/alert";
import type { CallDetail } from "@/lib/calls/detail";
import { unionById } from "@/lib/calls/line";
import { callDetailKey } from "@/lib/calls/queries";
import {
  type ControlAnswer,
  controlAnswerSchema,
  joinAction,
  type OperatorAction,
} from "@/lib/control/action";
import type { ControlRequest } from "@/lib/control/control";
import { describeAction, describeOngoing } from "@/lib/control/describe";
import { RequestFailed, sendJson } from "@/lib/http/client";
import { serverTime } from "@/lib/http/server-time";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** A request as the page makes it; its ID is added when it is sent. */
export type ControlOrder = WithoutId<ControlRequest>;

interface Asked {
  request: ControlRequest;
  action: OperatorAction;
}

const mostTries = 3;
const retryMs = 400;

/**
 * Performs an action on a live call. It is shown at once under the user's name, and rolled back with the reason if it
 * fails. A request that did not reach the server is sent again under the same ID, so it takes effect once; requests of
 * one call keep their order. Resolves to whether it was accepted, after the user has been told why not.
 */
export function useControl(
  callId: string,
): (order: ControlOrder, target?: string | null) => Promise<boolean> {
  const client = useQueryClient();
  const { me } = useAlertsContext();
  const { mutateAsync } = useMutation({
    mutationFn: ({ request }: Asked) => send(callId, request),
    scope: { id: `control ${callId}` },
    // Sent at once even while offline: an order delayed until the network returns could hit the wrong moment of the call.
    networkMode: "always",
    retry: (count, error) => count < mostTries && !(error instanceof RequestFailed),
    retryDelay: retryMs,
    onMutate: ({ action }) => {
      showError(null);
      showProgress(`${asMe(describeOngoing(action), me)} …`);
      addAction(client, action);
    },
    onSuccess: ({ outcome, detail }, { action }) => {
      const settled = { ...action, outcome, detail };
      addAction(client, settled);
      showProgress(outcome === "done" ? asMe(describeAction(settled), me) : detail);
    },
    onError: (error, { action }) => {
      showProgress(null);
      showError(error.message);
      rollBack(client, action, error);
    },
  });
  return (order, target = null) => {
    const request: ControlRequest = { ...order, id: crypto.randomUUID() };
    const action = toPending(callId, request, target, me);
    return mutateAsync({ request, action }).then(
      () => true,
      () => false,
    );
  };
}

async function send(callId: string, request: ControlRequest): Promise<ControlAnswer> {
  const sent = await sendJson("POST", `/api/calls/${encodeURIComponent(callId)}/control`, request);
  if (sent.ok) return controlAnswerSchema.parse(sent.value);
  throw sent.status === undefined ? new Error(sent.why) : new RequestFailed(sent.status, sent.why);
}

function toPending(
  callId: string,
  request: ControlRequest,
  target: string | null,
  by: AlertActor,
): OperatorAction {
  const said = "say" in request ? request.say : undefined;
  return {
    id: request.id,
    callId,
    action: request.action,
    by,
    at: new Date(serverTime.now()).toISOString(),
    text: "text" in request ? request.text : (said ?? null),
    target: "who" in request ? request.who : target,
    outcome: "pending",
    detail: "",
  };
}

function addAction(client: QueryClient, action: OperatorAction): void {
  patchActions(client, action.callId, (known) => [...unionById(known, [action], ({ at }) => at, joinAction)]);
}

function patchActions(
  client: QueryClient,
  callId: string,
  patch: (known: readonly OperatorAction[]) => OperatorAction[],
): void {
  client.setQueryData<CallDetail>(
    callDetailKey(callId),
    (detail) => detail && { ...detail, operatorActions: patch(detail.operatorActions) },
  );
}

/** Vapi's rejections are stored with the call and stay, with their reason; orders our server rejected are removed. */
function rollBack(client: QueryClient, action: OperatorAction, error: Error): void {
  const isKept = error instanceof RequestFailed && (error.status === 502 || error.status === 504);
  const outcome = error instanceof RequestFailed && error.status === 504 ? "unknown" : "failed";
  if (isKept) addAction(client, { ...action, outcome, detail: error.message });
  else
    patchActions(client, action.callId, (known) =>
      known.filter(({ id, outcome: now }) => id !== action.id || now !== "pending"),
    );
  void client.invalidateQueries({ queryKey: callDetailKey(action.callId) });
  void client.invalidateQueries({ queryKey: ["control", "state", action.callId] });
}

/** Rewords a sentence about the user for the user: drops the name. */
function asMe(words: string, me: AlertActor): string {
  const rest = words.slice(me.name.length + 1);
  const sentence = rest.startsWith("is ") ? rest.slice("is ".length) : rest;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
