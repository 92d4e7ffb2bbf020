import type { ActionKind, ActionRequest, ActionsState, Alert, AlertActor } from "@/lib/alerts/alert";

/**
 * Merges two states of an alert: events come from the newer call version, people's actions from the newer actions
 * version. Commutative and idempotent.
 */
export function joinAlert(a: Alert, b: Alert): Alert {
  const acts = newerActions(a.acts, b.acts);
  const happened = isNewer(a, b) ? a : b;
  return happened.acts === acts ? happened : { ...happened, acts };
}

/** Of equal versions, the one derived later in the call: it is closed, or has more hangs. */
function isNewer(a: Alert, b: Alert): boolean {
  if (a.callVersion !== b.callVersion) return a.callVersion > b.callVersion;
  return rank(a) >= rank(b);
}

function rank({ closedAt, openedAt, hangs }: Alert): string {
  return `${closedAt ?? ""} ${hangs} ${openedAt}`;
}

/** Of equal versions, the one with the longer log: an optimistic action is shown until the server has answered. */
export function newerActions(a: ActionsState, b: ActionsState): ActionsState {
  return a.version > b.version || (a.version === b.version && a.log.length >= b.log.length) ? a : b;
}

/** Adds or updates an alert in a list; a new one comes first. Returns the same list when nothing changed. */
export function addAlert(alerts: readonly Alert[], alert: Alert): readonly Alert[] {
  const index = alerts.findIndex(({ id }) => id === alert.id);
  const known = alerts[index];
  if (!known) return [alert, ...alerts];
  const joined = joinAlert(known, alert);
  return joined === known ? alerts : alerts.with(index, joined);
}

interface PendingAction {
  request: ActionRequest;
  by: AlertActor;
  /** ISO. */
  at: string;
  /** The new assignee of an assignment; null unassigns. */
  assignee: AlertActor | null;
}

/**
 * Returns an alert, incident or version alert as it will look once the server accepts the action. The version number
 * stays, so the server's answer replaces it.
 */
export function applyActionOptimistically<T extends Pick<Alert, "acts">>(
  alert: T,
  pending: PendingAction,
): T {
  const { acts } = alert;
  const { request, by, at, assignee } = pending;
  const text = "text" in request ? request.text : null;
  const act = { kind: request.kind, by, at, text, assignee };
  return { ...alert, acts: { ...acts, ...toChange(acts, pending), log: [...acts.log, act] } };
}

function toChange(acts: ActionsState, { request, by, at, assignee }: PendingAction): Partial<ActionsState> {
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

/** Why an action conflicts, in a sentence that names who acted first. */
export function describeConflict(
  kind: ActionKind,
  { acknowledged, assignee, resolved }: ActionsState,
  what: "alert" | "incident" = "alert",
): string {
  if (resolved) return `${resolved.by.name} already resolved this ${what}.`;
  if (kind === "acknowledge" && acknowledged)
    return `${acknowledged.by.name} already acknowledged this ${what}.`;
  if (kind === "assign")
    return assignee ? `It is now assigned to ${assignee.name}.` : "It is no longer assigned.";
  return `This ${what} has changed in the meantime.`;
}

/** The columns of an alert without actions. */
export const untouchedAlert = {
  noticedAt: new Date(0),
  actsVersion: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
  assignee: null,
  snoozedUntil: null,
  resolvedBy: null,
  resolvedAt: null,
} as const;
