import type { ActRequest } from "@/lib/alerts/act-request";
import type { Alert } from "@/lib/alerts/alert";
import type { ActsState, AlertActor } from "@/lib/alerts/alert-acts";

interface Deed {
  request: ActRequest;
  by: AlertActor;
  /** ISO. */
  at: string;
  /** For an assignment: who it goes to, null to take it back. */
  assignee: AlertActor | null;
}

/**
 * An alert as it will be if the server agrees, to be shown until it has. The version stays: what the server says outdoes it.
 */
export function applyAct(alert: Alert, deed: Deed): Alert {
  const { acts } = alert;
  const { request, by, at, assignee } = deed;
  const text = "text" in request ? request.text : null;
  const act = { kind: request.kind, by, at, text, assignee };
  return { ...alert, acts: { ...acts, ...toChange(acts, deed), log: [...acts.log, act] } };
}

function toChange(acts: ActsState, { request, by, at, assignee }: Deed): Partial<ActsState> {
  const done = { by, at };
  switch (request.kind) {
    case "acknowledge":
      return { acknowledged: done };
    case "assign":
      return { assignee };
    case "snooze": {
      const until = new Date(Date.parse(at) + request.minutes * 60_000).toISOString();
      return { snoozedUntil: request.minutes === 0 ? null : until };
    }
    case "resolve":
      return { resolved: done, acknowledged: acts.acknowledged ?? done };
    case "note":
      return {};
  }
}
