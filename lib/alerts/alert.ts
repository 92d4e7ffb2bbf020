import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { maskName, maskNumber, maskText } from "@/lib/calls/mask-text";

export const actKinds = ["acknowledge", "assign", "snooze", "note", "resolve"] as const;

/** Whoever acts: a person, or a script by its key's name. */
export const actorSchema = z.object({ id: z.string(), name: z.string() });

const done = z.object({ by: actorSchema, at: z.iso.datetime() });

/** Something somebody did about an alert. Inserted once. */
export const actSchema = z.object({
  kind: z.enum(actKinds),
  by: actorSchema,
  at: z.iso.datetime(),
  /** The words of a note, or those an alert was resolved with. */
  text: z.string().nullable(),
  /** Who it was given to; null where it was taken back, and for other acts. */
  assignee: actorSchema.nullable(),
});

/** What people have done about an alert so far. */
export const actsSchema = z.object({
  /** +1 per act: of two states the greater is the newer. */
  version: z.number().int(),
  acknowledged: done.nullable(),
  assignee: actorSchema.nullable(),
  snoozedUntil: z.iso.datetime().nullable(),
  resolved: done.nullable(),
  /** Oldest first. */
  log: z.array(actSchema),
});

export type Act = z.infer<typeof actSchema>;
export type ActKind = Act["kind"];
export type ActsState = z.infer<typeof actsSchema>;
export type AlertActor = z.infer<typeof actorSchema>;

/**
 * Why somebody should look: Vapi says that the assistant hangs; it has not answered the caller for too long;
 * nobody has spoken for too long. One episode may begin as one and become another: the first that applies names it.
 */
export const episodeKinds = ["hang", "no-answer", "silence"] as const;

/** `rule`: one that an admin wrote has fired (lib/rules); kept when it fires, not derived. */
export const alertKinds = [...episodeKinds, "rule"] as const;

/** `withdrawn`: late events show that nobody was left alone. Lists leave it out. */
export const outcomes = ["open", "recovered", "call-ended", "withdrawn"] as const;

/** What becomes of an alert, one word each time: it opens, people act on it, its cause ends. */
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

/** One stretch of a call in which its caller was left alone. A pure function of the call's speech facts (lib/alerts/episodes.ts). */
export const episodeSchema = z.object({
  kind: z.enum(episodeKinds),
  /** Since when: the end of the last speech before. The same whichever rule noticed it, and when. */
  since: z.iso.datetime(),
  /** When it became an alert: the first hang, or when silence had lasted long enough. */
  openedAt: z.iso.datetime(),
  /** How many times Vapi warned of a hang. */
  hangs: z.number().int(),
  /** When somebody spoke again, or the call ended; null while it lasts. */
  closedAt: z.iso.datetime().nullable(),
  outcome: z.enum(outcomes),
});

export type AlertKind = (typeof alertKinds)[number];
export type EpisodeKind = (typeof episodeKinds)[number];
export type Episode = z.infer<typeof episodeSchema>;

export const severities = ["info", "warning", "critical"] as const;

export type Severity = (typeof severities)[number];

/** The rule that fired: its name and severity as of then, and what it saw. */
const firedRuleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  severity: z.enum(severities),
  /** Since when, and words for it: those that were said, or what was counted. */
  evidence: z.object({ at: z.iso.datetime(), text: z.string().nullable() }),
});

export type FiredRule = z.infer<typeof firedRuleSchema>;

/** One alert as pages, scripts and pushes see it: what happened, and what people did about it. */
export const alertSchema = episodeSchema.extend({
  kind: z.enum(alertKinds),
  /** Null for alerts of other kinds. */
  rule: firedRuleSchema.nullable(),
  id: z.string(),
  callId: z.string(),
  /** The call's version this was derived from: of two, the greater is the newer. */
  callVersion: z.number().int(),
  /** As much of the call as it takes to say which one. */
  call: callSchema.pick({
    customerName: true,
    customerNumber: true,
    direction: true,
    assistantId: true,
    assistantName: true,
    endedReason: true,
  }),
  acts: actsSchema,
});

export type Alert = z.infer<typeof alertSchema>;

const text = z.string().trim().min(1).max(2_000);
/** The longest snooze is a day. */
const minutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);

/** One thing somebody asks to be done about an alert: the kind stands in the URL, the rest is the request's body. */
export const actRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge") }),
  /** `from`: whom the asker believes to have it; if somebody else has by now, they are told so. */
  z.strictObject({ kind: z.literal("assign"), to: z.string().nullable(), from: z.string().nullable() }),
  /** Minutes from now; 0 wakes it up. */
  z.strictObject({ kind: z.literal("snooze"), minutes }),
  z.strictObject({ kind: z.literal("note"), text }),
  z.strictObject({ kind: z.literal("resolve"), text: text.nullable().default(null) }),
]);

export type ActRequest = z.infer<typeof actRequestSchema>;

/** The body of such a request, whichever kind stands in the URL; what a kind needs, `actRequestSchema` checks. */
export const actBodySchema = z.looseObject({
  to: z.string().nullable().optional(),
  from: z.string().nullable().optional(),
  minutes: minutes.optional(),
  text: z.string().nullable().optional(),
});

export const actKindSchema = z.enum(actKinds);

const pattern = /^(.+)~(\d{1,16})(~[0-9a-f-]{36})?$/;

/**
 * An alert's id: its call, and since when that call's caller was left alone. Derived, so that browser and server name
 * an alert alike without asking each other, and a replay of the same events names it so again.
 * @param ruleId of the rule that fired, if one did: several may fire at once
 */
export function toAlertId(callId: string, since: string, ruleId?: string): string {
  return `${callId}~${Date.parse(since)}${ruleId === undefined ? "" : `~${ruleId}`}`;
}

/** The parts of an id, `sinceMs` in epoch ms; null for what is no alert's id. */
export function readAlertId(id: string): { callId: string; sinceMs: number; isRule: boolean } | null {
  const [, callId, since, rule] = pattern.exec(id) ?? [];
  return callId === undefined ? null : { callId, sinceMs: Number(since), isRule: rule !== undefined };
}

/** A page of alerts, newest first. */
export const alertListSchema = z.object({
  alerts: z.array(alertSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type AlertList = z.infer<typeof alertListSchema>;

export const alertStates = [
  "open",
  "acknowledged",
  "snoozed",
  "resolved",
  "call-ended",
  "recovered",
  "withdrawn",
] as const;

export type AlertState = (typeof alertStates)[number];

/** The one word for where an alert stands at `now` (epoch ms). What people decided outdoes what happened since. */
export function alertState({ acts, outcome }: Pick<Alert, "acts" | "outcome">, now: number): AlertState {
  if (acts.resolved) return "resolved";
  if (outcome !== "open") return outcome;
  if (acts.snoozedUntil && Date.parse(acts.snoozedUntil) > now) return "snoozed";
  return acts.acknowledged ? "acknowledged" : "open";
}

/** Is a caller being left alone right now, and nobody has said that it is dealt with? */
export function isOngoing({ outcome, acts }: Pick<Alert, "outcome" | "acts">): boolean {
  return outcome === "open" && acts.resolved === null;
}

/** An alert as viewers see it: which caller it was is recognisable, but not known. Colleagues keep their names. */
export function maskAlert(alert: Alert): Alert {
  const { customerName, customerNumber } = alert.call;
  return {
    ...alert,
    rule: alert.rule && {
      ...alert.rule,
      evidence: {
        ...alert.rule.evidence,
        text: alert.rule.evidence.text && maskText(alert.rule.evidence.text, [customerName]),
      },
    },
    call: {
      ...alert.call,
      customerName: customerName && maskName(customerName),
      customerNumber: customerNumber && maskNumber(customerNumber),
    },
    acts: {
      ...alert.acts,
      log: alert.acts.log.map((act) => ({ ...act, text: act.text && maskText(act.text, [customerName]) })),
    },
  };
}

/** Nobody has done anything yet. */
export const noActs: ActsState = {
  version: 0,
  acknowledged: null,
  assignee: null,
  snoozedUntil: null,
  resolved: null,
  log: [],
};
