import * as z from "zod";
import { severities } from "@/lib/alerts/alert";
import { transferTargetSchema } from "@/lib/control/control";
import { tagSchema } from "@/lib/reports/review";
import { type Condition, conditionSchema, keptConditionSchema } from "@/lib/rules/condition";

export const scopeDirections = ["inbound", "outbound", "web"] as const;

/** Which calls a rule covers; an empty list means all. */
const scopeSchema = z.strictObject({
  /** An assistant's id, or its name if it has none. */
  assistants: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
  /** Our own numbers. */
  numbers: z.array(z.string().trim().min(1).max(64)).max(100).default([]),
  directions: z.array(z.enum(scopeDirections)).max(scopeDirections.length).default([]),
});

const spoken = z.string().trim().min(1, "Enter the words to say.").max(1_000);
const target = transferTargetSchema.refine((to) => !("me" in to), {
  error: "A rule has no phone of its own. Choose a team, a number or a SIP address.",
});

/** A rule's action when it fires. The last three affect the live call, so they stay off until a back-test has been run. */
export const ruleActionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("alert") }),
  z.strictObject({ kind: z.literal("tag"), tag: tagSchema }),
  /** Also raises the alert. Null: every channel. */
  z.strictObject({ kind: z.literal("notify"), channelId: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal("say"), text: spoken }),
  z.strictObject({ kind: z.literal("transfer"), to: target, say: spoken.optional() }),
  z.strictObject({ kind: z.literal("end"), say: spoken.optional() }),
]);

export type RuleAction = z.infer<typeof ruleActionSchema>;
export type LiveAction = Extract<RuleAction, { kind: "say" | "transfer" | "end" }>;

export function isLiveAction(action: RuleAction): action is LiveAction {
  return action.kind === "say" || action.kind === "transfer" || action.kind === "end";
}

/** The input for a rule. */
export const ruleSchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name for the rule.").max(100),
  enabled: z.boolean().default(true),
  severity: z.enum(severities).default("warning"),
  scope: scopeSchema.default({ assistants: [], numbers: [], directions: [] }),
  when: conditionSchema,
  do: z.array(ruleActionSchema).min(1, "Choose at least one action.").max(10),
});

/** The body of a PATCH; only the given fields change. */
export const ruleChangeSchema = z.strictObject({
  ...ruleSchema.omit({ enabled: true, severity: true, scope: true }).partial().shape,
  enabled: z.boolean().optional(),
  severity: z.enum(severities).optional(),
  scope: scopeSchema.optional(),
  /** Allows say, transfer and end in live calls; requires a back-test of the current rule. */
  liveActions: z.boolean().optional(),
});

export type NewRule = z.infer<typeof ruleSchema>;
export type RuleChange = z.infer<typeof ruleChangeSchema>;

/** A stored rule. */
export const storedRuleSchema = z.object({
  ...ruleSchema.shape,
  scope: scopeSchema,
  when: keptConditionSchema,
  enabled: z.boolean(),
  severity: z.enum(severities),
  id: z.uuid(),
  /** Whether say, transfer and end are allowed in live calls. */
  liveActions: z.boolean(),
  /** When the current rule was last back-tested; null if never. */
  testedAt: z.iso.datetime().nullable(),
  /** Earlier events do not fire the rule. */
  activeSince: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** Number of firings in the last 30 days, and the time of the last. */
  firings: z.number().int(),
  lastFiredAt: z.iso.datetime().nullable(),
});

export type StoredRule = z.infer<typeof storedRuleSchema>;

export const ruleListSchema = z.object({ rules: z.array(storedRuleSchema) });

/** Maximum number of rules. */
export const mostRules = 500;

/** The body of a back-test: a stored rule, or one being edited. */
export const backtestRequestSchema = z.union([
  z.strictObject({ ruleId: z.uuid() }),
  z.strictObject({ scope: scopeSchema.optional(), when: conditionSchema }),
]);

/** The result of a back-test. */
export const backtestSchema = z.object({
  days: z.number().int(),
  /** Number of calls read; `isComplete`: whether those were all. */
  calls: z.number().int(),
  isComplete: z.boolean(),
  /** When the oldest call read was created. */
  since: z.iso.datetime().nullable(),
  /** How often the rule would have fired, and in how many calls. */
  firings: z.number().int(),
  callsWithFirings: z.number().int(),
  /** Newest first; at most a hundred. */
  hits: z.array(
    z.object({
      callId: z.string(),
      title: z.string(),
      assistantName: z.string().nullable(),
      at: z.iso.datetime(),
      text: z.string().nullable(),
    }),
  ),
});

export type Backtest = z.infer<typeof backtestSchema>;

/** Serializes the parts of a rule that decide when it fires. */
export function conditionText({ scope, when }: { scope: NewRule["scope"]; when: Condition }): string {
  return JSON.stringify([scope, when]);
}
