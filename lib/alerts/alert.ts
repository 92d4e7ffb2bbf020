import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { maskCaller, maskText } from "@/lib/calls/mask-text";

const actionKinds = ["acknowledge", "assign", "snooze", "note", "resolve"] as const;

/** Who acts: a person, or a script under its API key's name. */
export const actorSchema = z.object({ id: z.string(), name: z.string() });

const done = z.object({ by: actorSchema, at: z.iso.datetime() });

/** An action on an alert. Inserted once. */
const actionSchema = z.object({
  kind: z.enum(actionKinds),
  by: actorSchema,
  at: z.iso.datetime(),
  /** The text of a note or resolution. */
  text: z.string().nullable(),
  /** Who it was assigned to; null when an assignment was removed, and for other actions. */
  assignee: actorSchema.nullable(),
});

/** People's actions on an alert so far. */
export const actionsSchema = z.object({
  /** Increases with every action; the greater version is the newer. */
  version: z.number().int(),
  acknowledged: done.nullable(),
  assignee: actorSchema.nullable(),
  snoozedUntil: z.iso.datetime().nullable(),
  resolved: done.nullable(),
  /** Oldest first. */
  log: z.array(actionSchema),
});

export type AlertAction = z.infer<typeof actionSchema>;
export type ActionKind = AlertAction["kind"];
export type ActionsState = z.infer<typeof actionsSchema>;
export type AlertActor = z.infer<typeof actorSchema>;

/**
 * Vapi warns that the assistant hangs; the assistant has not answered the caller for too long; no one has spoken for too long.
 * An episode may meet several of these; the first one in this list names it.
 */
export const episodeKinds = ["hang", "no-answer", "silence"] as const;

/** `rule`: an admin's rule fired (lib/rules). Stored when it fires, not derived. */
export const alertKinds = [...episodeKinds, "rule"] as const;

/** `withdrawn`: late events show that no caller was left waiting. Lists leave it out. */
export const outcomes = ["open", "recovered", "call-ended", "withdrawn"] as const;

/** Every change of an alert: it opens, people act on it, its cause ends. */
export const alertChanges = [
  "opened",
  "acknowledged",
  "assigned",
  "snoozed",
  "noted",
  "resolved",
  "recovered",
  "call-ended",
  "withdrawn",
] as const;

export type AlertChange = (typeof alertChanges)[number];

/** A part of a call in which the caller was left waiting. Derived from the call's speech alone (lib/alerts/episodes.ts). */
const episodeSchema = z.object({
  kind: z.enum(episodeKinds),
  /** The end of the last speech before it, regardless of which rule found it and when. */
  since: z.iso.datetime(),
  /** When it became an alert: the first hang, or when the silence had lasted long enough. */
  openedAt: z.iso.datetime(),
  /** Number of Vapi's hang warnings. */
  hangs: z.number().int(),
  /** When someone spoke again or the call ended; null while it lasts. */
  closedAt: z.iso.datetime().nullable(),
  outcome: z.enum(outcomes),
});

export type AlertKind = (typeof alertKinds)[number];
export type EpisodeKind = (typeof episodeKinds)[number];
export type Episode = z.infer<typeof episodeSchema>;

export const severities = ["info", "warning", "critical"] as const;

export type Severity = (typeof severities)[number];

/** The rule that fired, with its name and severity at that time, and its evidence. */
const firedRuleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  severity: z.enum(severities),
  /** When the condition began to hold, and its proof: the words spoken, or the count. */
  evidence: z.object({ at: z.iso.datetime(), text: z.string().nullable() }),
});

export type FiredRule = z.infer<typeof firedRuleSchema>;

/** An alert as pages, scripts and pushes receive it. */
export const alertSchema = episodeSchema.extend({
  kind: z.enum(alertKinds),
  /** Null for alerts of other kinds. */
  rule: firedRuleSchema.nullable(),
  id: z.string(),
  callId: z.string(),
  /** The call version it was derived from; the greater one is the newer. */
  callVersion: z.number().int(),
  /** The parts of the call that identify it to people. */
  call: callSchema.pick({
    customerName: true,
    customerNumber: true,
    direction: true,
    assistantId: true,
    assistantName: true,
    endedReason: true,
  }),
  acts: actionsSchema,
});

export type Alert = z.infer<typeof alertSchema>;

const text = z.string().trim().min(1).max(2_000);
/** The longest snooze is a day. */
const minutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);

/** A requested action: its kind is in the URL, the rest is the request's body. */
export const actionRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge") }),
  /** `from`: the assignee the requester saw; if it has changed since, the action conflicts. */
  z.strictObject({ kind: z.literal("assign"), to: z.string().nullable(), from: z.string().nullable() }),
  /** Minutes from now; 0 ends the snooze. */
  z.strictObject({ kind: z.literal("snooze"), minutes }),
  z.strictObject({ kind: z.literal("note"), text }),
  z.strictObject({ kind: z.literal("resolve"), text: text.nullable().default(null) }),
]);

export type ActionRequest = z.infer<typeof actionRequestSchema>;

/** The body of any such request; `actionRequestSchema` checks what its kind requires. */
export const actionBodySchema = z.looseObject({
  to: z.string().nullable().optional(),
  from: z.string().nullable().optional(),
  minutes: minutes.optional(),
  text: z.string().nullable().optional(),
});

export const actionKindSchema = z.enum(actionKinds);

const pattern = /^(.+)~(\d{1,16})(~[0-9a-f-]{36})?$/;

/**
 * Returns an alert's id: its call and when it began. Derived, so browser, server and a replay of the same events agree
 * on it.
 * @param ruleId the rule that fired, for a rule's alert: several may fire at once
 */
export function toAlertId(callId: string, since: string, ruleId?: string): string {
  return `${callId}~${Date.parse(since)}${ruleId === undefined ? "" : `~${ruleId}`}`;
}

/** Returns the parts of an id (`sinceMs` in epoch ms), or null if it is not an alert id. */
export function readAlertId(id: string): { callId: string; sinceMs: number; isRule: boolean } | null {
  const [, callId, since, rule] = pattern.exec(id) ?? [];
  return callId === undefined ? null : { callId, sinceMs: Number(since), isRule: rule !== undefined };
}

/** A page of alerts, newest first. */
export const alertListSchema = z.object({
  alerts: z.array(alertSchema),
  /** The start of the next page; null on the last. */
  nextCursor: z.string().nullable(),
});

export type AlertList = z.infer<typeof alertListSchema>;

const alertStates = [
  "open",
  "acknowledged",
  "snoozed",
  "resolved",
  "call-ended",
  "recovered",
  "withdrawn",
] as const;

export type AlertState = (typeof alertStates)[number];

/** An alert's state at `now` (epoch ms). Resolving outranks the outcome; the outcome outranks snoozing and acknowledging. */
export function alertState({ acts, outcome }: Pick<Alert, "acts" | "outcome">, now: number): AlertState {
  if (acts.resolved) return "resolved";
  if (outcome !== "open") return outcome;
  if (acts.snoozedUntil && Date.parse(acts.snoozedUntil) > now) return "snoozed";
  return acts.acknowledged ? "acknowledged" : "open";
}

/** Whether the cause continues and no one has resolved the alert. */
export function isOngoing({ outcome, acts }: Pick<Alert, "outcome" | "acts">): boolean {
  return outcome === "open" && acts.resolved === null;
}

const urgencies: readonly AlertState[] = ["resolved", "acknowledged", "snoozed", "open"];

/**
 * Returns the alert that stands for each call, by the call's id: an unacknowledged one if it has any, a resolved one only if it
 * has no other; of several, the oldest. `now`: epoch ms.
 */
export function chooseAlertPerCall(alerts: readonly Alert[], now: number): ReadonlyMap<string, Alert> {
  const urgency = (alert: Alert) => urgencies.indexOf(alertState(alert, now));
  // The map keeps the last of each call.
  const byUrgency = alerts.toSorted(
    (a, b) => urgency(a) - urgency(b) || Date.parse(b.since) - Date.parse(a.since),
  );
  return new Map(byUrgency.map((alert) => [alert.callId, alert]));
}

/** An alert with caller data masked: callers can be told apart, but not identified. Colleagues keep their names. */
export function maskAlert(alert: Alert): Alert {
  const { customerName } = alert.call;
  return {
    ...alert,
    rule: alert.rule && {
      ...alert.rule,
      evidence: {
        ...alert.rule.evidence,
        text: alert.rule.evidence.text && maskText(alert.rule.evidence.text, [customerName]),
      },
    },
    call: maskCaller(alert.call),
    acts: {
      ...alert.acts,
      log: alert.acts.log.map((act) => ({ ...act, text: act.text && maskText(act.text, [customerName]) })),
    },
  };
}

/** The state without any actions. */
export const noActions: ActionsState = {
  version: 0,
  acknowledged: null,
  assignee: null,
  snoozedUntil: null,
  resolved: null,
  log: [],
};
