import type { ActKind, ActRequest, ActsState, Alert, AlertActor } from "@/lib/alerts/alert";

/**
 * Two states of one alert as one, whichever came first: what happened by the newer version of the call, what people did by
 * the newer version of their acts. Commutative and idempotent.
 */
export function joinAlert(a: Alert, b: Alert): Alert {
  const acts = newerActs(a.acts, b.acts);
  const happened = isNewer(a, b) ? a : b;
  return happened.acts === acts ? happened : { ...happened, acts };
}

/** At one version the call's clock tells: what has closed, or began earlier, was said with more knowledge. */
function isNewer(a: Alert, b: Alert): boolean {
  if (a.callVersion !== b.callVersion) return a.callVersion > b.callVersion;
  return rank(a) >= rank(b);
}

function rank({ closedAt, openedAt, hangs }: Alert): string {
  return `${closedAt ?? ""} ${hangs} ${openedAt}`;
}

/** At one version the one with more in it: an optimistic act is shown until the server has answered. */
export function newerActs(a: ActsState, b: ActsState): ActsState {
  return a.version > b.version || (a.version === b.version && a.log.length >= b.log.length) ? a : b;
}

/** A list of alerts with one more word of one of them; a new one comes first. The same list when it says nothing new. */
export function addAlert(alerts: readonly Alert[], alert: Alert): readonly Alert[] {
  const index = alerts.findIndex(({ id }) => id === alert.id);
  const known = alerts[index];
  if (!known) return [alert, ...alerts];
  const joined = joinAlert(known, alert);
  return joined === known ? alerts : alerts.with(index, joined);
}

interface ActionRecord {
  request: ActRequest;
  by: AlertActor;
  /** ISO. */
  at: string;
  /** For an assignment: who it goes to, null to take it back. */
  assignee: AlertActor | null;
}

/**
 * An alert, incident or worse version as it will be if the server agrees, to be shown until it has. The version stays: what the server says outdoes it.
 */
export function applyActionOptimistically<T extends Pick<Alert, "acts">>(alert: T, deed: ActionRecord): T {
  const { acts } = alert;
  const { request, by, at, assignee } = deed;
  const text = "text" in request ? request.text : null;
  const act = { kind: request.kind, by, at, text, assignee };
  return { ...alert, acts: { ...acts, ...toChange(acts, deed), log: [...acts.log, act] } };
}

function toChange(acts: ActsState, { request, by, at, assignee }: ActionRecord): Partial<ActsState> {
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

/** Why an act came too late, in a sentence that says who was first. */
export function describeConflict(
  kind: ActKind,
  { acknowledged, assignee, resolved }: ActsState,
  what: "alert" | "incident" = "alert",
): string {
  if (resolved) return `${resolved.by.name} has resolved this ${what} already.`;
  if (kind === "acknowledge" && acknowledged)
    return `${acknowledged.by.name} has acknowledged this ${what} already.`;
  if (kind === "assign") return assignee ? `${assignee.name} has it by now.` : "Nobody has it any more.";
  return `This ${what} has changed meanwhile.`;
}

/** The columns of an alert nobody has done anything about. */
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
