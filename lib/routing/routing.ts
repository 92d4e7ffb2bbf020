import * as z from "zod";
import { redactObject, redactText } from "@/lib/redact";
import { timeWindowSchema } from "@/lib/routing/clock";
import { defineSetting } from "@/lib/settings/setting";

const text = (most: number) => z.string().max(most);
const provided = z.looseObject({ provider: z.string().min(1, "A provider is required.") });

/**
 * An inline assistant. The fields of Vapi's `CreateAssistantDTO` that people set by hand are validated; all others pass
 * through unchanged. tests/types compares it with the SDK's own type.
 */
export const transientAssistantSchema = z.looseObject({
  name: text(40).optional(),
  firstMessage: z.string().optional(),
  firstMessageMode: z
    .enum([
      "assistant-speaks-first",
      "assistant-speaks-first-with-model-generated-message",
      "assistant-waits-for-user",
    ])
    .optional(),
  firstMessageInterruptionsEnabled: z.boolean().optional(),
  model: provided.optional(),
  voice: provided.optional(),
  transcriber: provided.optional(),
  voicemailMessage: text(1_000).optional(),
  endCallMessage: text(1_000).optional(),
  endCallPhrases: z.array(text(140)).optional(),
  maxDurationSeconds: z.number().min(10).max(43_200).optional(),
  modelOutputInMessagesEnabled: z.boolean().optional(),
  credentialIds: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

/** Overrides of an assistant for one call: the same fields, plus the variables its templates use. */
export const overridesSchema = transientAssistantSchema.extend({
  variableValues: z.record(z.string(), z.unknown()).optional(),
});

/** Assistants that hand a call over to each other, each by id or inline. */
export const transientSquadSchema = z.looseObject({
  name: z.string().optional(),
  members: z
    .array(
      z
        .looseObject({
          assistantId: z.string().min(1).optional(),
          assistant: transientAssistantSchema.optional(),
          assistantOverrides: overridesSchema.optional(),
        })
        .refine((member) => member.assistantId !== undefined || member.assistant !== undefined, {
          error: "A member needs an assistantId or an assistant.",
        }),
    )
    .min(1, "A squad needs at least one member."),
  membersOverrides: overridesSchema.optional(),
});

type TransientAssistant = z.infer<typeof transientAssistantSchema>;
type TransientSquad = z.infer<typeof transientSquadSchema>;
export type Overrides = z.infer<typeof overridesSchema>;

/** Vapi's ids are UUIDs; if the response has anything else, the call ends before it begins. */
const id = z
  .string()
  .trim()
  .pipe(z.guid("Enter the ID that Vapi shows, like 41e4a819-abcd-4e88-8f1e-b9794d12a9ea."));
const overrides = overridesSchema.optional();
const spoken = z
  .string()
  .trim()
  .min(1, "Enter a message to the caller.")
  .max(500)
  .regex(/^[^\r\n]*$/, "Use a single line: it is spoken.");

/** Who takes a call, as an admin chose it. toReply converts it to the response to Vapi. */
export const answerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("assistant-id"), assistantId: id, overrides }),
  z.strictObject({ kind: z.literal("assistant"), assistant: transientAssistantSchema, overrides }),
  z.strictObject({ kind: z.literal("squad-id"), squadId: id, overrides }),
  z.strictObject({ kind: z.literal("squad"), squad: transientSquadSchema, overrides }),
  z.strictObject({
    kind: z.literal("workflow-id"),
    workflowId: id,
    overrides: z.strictObject({ variableValues: z.record(z.string(), z.unknown()).optional() }).optional(),
  }),
  z.strictObject({
    kind: z.literal("number"),
    number: z
      .string()
      .trim()
      .regex(
        /^\+[1-9]\d{5,14}$/,
        "Enter the number with its country code and no spaces, such as +15550100100.",
      ),
    extension: z.string().trim().min(1).max(10).optional(),
    message: spoken.optional(),
  }),
  z.strictObject({
    kind: z.literal("sip"),
    sipUri: z
      .string()
      .trim()
      .max(200)
      .regex(/^sips?:[^\s@]+@[^\s@]+$/i, "Enter a SIP address, such as sip:desk@example.com."),
    message: spoken.optional(),
  }),
  z.strictObject({ kind: z.literal("error"), error: spoken }),
]);

export type Answer = z.infer<typeof answerSchema>;
export type AnswerKind = Answer["kind"];

const number = z
  .string()
  .trim()
  .max(200)
  .regex(/\d|^sip:/i, "Enter digits.");
const numbers = (most: number) => z.array(number).max(most, `At most ${most} numbers.`).default([]);
/** Callers that match; any one of these is enough. */
const callersSchema = z.strictObject({
  /** Whole numbers, or `sip:` addresses. */
  numbers: numbers(5_000),
  /** Start of a number, with its country code: +4930. */
  prefixes: numbers(500),
  /** Whether calls without a number match. */
  isWithheld: z.boolean().default(false),
});

/** A condition on the conversation's context. `path` joins keys with dots: `customer.tier`. */
const fieldSchema = z
  .strictObject({
    path: z.string().trim().min(1, "Enter a context field.").max(200),
    test: z.enum(["is", "is-not", "is-set", "is-not-set"]),
    /** Compared as text, whatever the type of the value. */
    value: z.string().max(500).default(""),
  })
  .refine(({ test, value }) => test.endsWith("set") || value !== "", {
    path: ["value"],
    error: "Enter a value to compare with.",
  });

/** When a rule matches: every condition that is set must hold; empty ones are ignored. */
export const conditionsSchema = z.strictObject({
  /** Called numbers that match: a number, a SIP address, or Vapi's id for it. */
  called: numbers(500),
  callers: callersSchema.prefault({}),
  /** Countries of the caller's number, ISO 3166-1: DE. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "Use two-letter country codes: DE, US."))
    .max(250)
    .default([]),
  time: timeWindowSchema.nullable().default(null),
  fields: z.array(fieldSchema).max(10).default([]),
});

export type Conditions = z.infer<typeof conditionsSchema>;
export type FieldTest = z.infer<typeof fieldSchema>;

/** One rule: when it matches, and who then takes the call. */
export const ruleSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1, "Enter a name for the rule.").max(100),
  isEnabled: z.boolean().default(true),
  when: conditionsSchema.prefault({}),
  answer: answerSchema,
});

export type Rule = z.infer<typeof ruleSchema>;

/** Who takes which call: the first matching rule, else the default; null if there is no default. */
const routingSchema = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(200, "At most 200 rules.")
    .refine(
      (rules) => new Set(rules.map(({ id }) => id)).size === rules.length,
      "Two rules have the same ID.",
    ),
  defaultAnswer: answerSchema.nullable(),
});

export type Routing = z.infer<typeof routingSchema>;

/** With the version number, and who made the last change and when. */
export interface VersionedRouting extends Routing {
  version: number;
  changedBy: string | null;
  /** ISO, UTC. */
  changedAt: string | null;
}

/** Returns the path of a secret in a value (`assistant.server.secret`), found with the rules that redact the log, or null. */
export function findSecret(value: unknown, path = ""): string | null {
  if (typeof value === "string") return redactText(value).includes("[redacted]") ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, entry] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    // The key alone with an empty value, so that its content is not searched twice.
    const probe = typeof entry === "object" && entry !== null ? {} : entry;
    const kept = redactObject({ [key]: probe }, path.split(".").at(-1))[key];
    if (kept === "[redacted]" || (kept === undefined && entry !== undefined)) return at;
    const inside = findSecret(entry, at);
    if (inside !== null) return inside;
  }
  return null;
}

type Destination = { message?: string } & (
  | { type: "number"; number: string; extension?: string }
  | { type: "sip"; sipUri: string }
);

/** The parts of Vapi's `ServerMessageResponseAssistantRequest` that Earshot uses. `error` is spoken to the caller. */
export type RoutingReply =
  | { assistantId: string; assistantOverrides?: Overrides }
  | { assistant: TransientAssistant; assistantOverrides?: Overrides }
  | { squadId: string; squadOverrides?: Overrides }
  | { squad: TransientSquad; squadOverrides?: Overrides }
  | { workflowId: string; workflowOverrides?: { variableValues: Record<string, unknown> } }
  | { destination: Destination }
  | { error: string };

/** All rules after the change, and the version they were edited from. */
export const routingChangeSchema = z
  .strictObject({ ...routingSchema.shape, version: z.int().min(0) })
  .superRefine(({ rules, defaultAnswer }, context) => {
    const answers = [
      ...rules.map(({ answer, name }) => ({ answer, of: `“${name}”` })),
      { answer: defaultAnswer, of: "the default" },
    ];
    for (const { answer, of } of answers) {
      const path = findSecret(answer);
      if (path === null) continue;
      context.addIssue({
        code: "custom",
        path: ["rules"],
        message: `The answer of ${of} contains a secret (${path}). Keep it in Vapi and refer to it by its credentialId.`,
      });
    }
  });

/** Caller and called number of an `assistant-request`, as rules use them. */
export interface RoutingRequest {
  /** E.164, or a `sip:` address; null when withheld. */
  caller: string | null;
  /** Every identifier of what was called: its number, its SIP address, Vapi's id. */
  called: string[];
}

const place = z.string().trim().max(200).nullable();

/** Where calls go if neither their conversation nor the directory decides. Null: no transfer. */
export const transferDefaultsSchema = z.object({ transferTo: place, handoffTo: place });

export type TransferDefaults = z.infer<typeof transferDefaultsSchema>;

export const transferDefaultsSetting = defineSetting("transfer-defaults", transferDefaultsSchema, {
  transferTo: null,
  handoffTo: null,
});

/** Vapi's `TransferDestinationNumber`, `…Sip` and `…Assistant`; other fields (a message, a plan) pass through. */
export const transferDestinationSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("number"), number: z.string().min(3).max(40) }),
  z.looseObject({ type: z.literal("sip"), sipUri: z.string().min(5) }),
  z.looseObject({ type: z.literal("assistant"), assistantName: z.string().min(1) }),
]);

export type TransferDestination = z.infer<typeof transferDestinationSchema>;
