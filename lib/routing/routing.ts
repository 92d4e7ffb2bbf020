import * as z from "zod";
import { redactObject, redactText } from "@/lib/redact";
import { timeWindowSchema } from "@/lib/routing/clock";
import { defineSetting } from "@/lib/settings/setting";

const text = (most: number) => z.string().max(most);
const provided = z.looseObject({ provider: z.string().min(1, "A provider is required.") });

/**
 * An assistant written out instead of named: the fields of Vapi's `CreateAssistantDTO` that people set by hand are
 * checked, and whatever else Vapi knows goes through as it is. tests/types holds it against the SDK's own type.
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

/** What is changed on an assistant for one call: the same fields, and the variables its templates name. */
export const overridesSchema = transientAssistantSchema.extend({
  variableValues: z.record(z.string(), z.unknown()).optional(),
});

/** Assistants that hand a call to one another, each named or written out. */
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

export type TransientAssistant = z.infer<typeof transientAssistantSchema>;
export type TransientSquad = z.infer<typeof transientSquadSchema>;
export type Overrides = z.infer<typeof overridesSchema>;

/** Vapi's own ids are UUIDs; a call answered with anything else ends before it begins. */
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

/** Who takes a call, as an admin chose it. What Vapi is sent is made of it by toReply. */
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
/** By whom: any of these is enough. */
const callersSchema = z.strictObject({
  /** Whole numbers, or `sip:` addresses. */
  numbers: numbers(5_000),
  /** How a number begins, with its country code: +4930. */
  prefixes: numbers(500),
  /** True for calls that show no number. */
  isWithheld: z.boolean().default(false),
});

/** A window of local time. From later to earlier goes over midnight, and belongs to the day it began on. */
/** Something in the conversation's context; `path` has a dot between keys: `customer.tier`. */
const fieldSchema = z
  .strictObject({
    path: z.string().trim().min(1, "Enter a context field.").max(200),
    test: z.enum(["is", "is-not", "is-set", "is-not-set"]),
    /** Compared as text, whatever the kind of the value. */
    value: z.string().max(500).default(""),
  })
  .refine(({ test, value }) => test.endsWith("set") || value !== "", {
    path: ["value"],
    error: "Enter a value to compare with.",
  });

/** When a rule matches: everything named must hold, and what is empty is not asked about. */
export const conditionsSchema = z.strictObject({
  /** The called number (or SIP address, or Vapi's id of it) is one of these. */
  called: numbers(500),
  callers: callersSchema.prefault({}),
  /** Where the caller's number is from, ISO 3166-1: DE. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "Use two-letter country codes: DE, US."))
    .max(250)
    .default([]),
  time: timeWindowSchema.nullable().default(null),
  fields: z.array(fieldSchema).max(10).default([]),
});

export type Conditions = z.infer<typeof conditionsSchema>;
export type FieldTest = z.infer<typeof fieldSchema>;

/** One rule: when it matches, and who takes the call then. */
export const ruleSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1, "Enter a name for the rule.").max(100),
  isEnabled: z.boolean().default(true),
  when: conditionsSchema.prefault({}),
  answer: answerSchema,
});

export type Rule = z.infer<typeof ruleSchema>;

/** Who takes which call: the first rule that matches, else the default; null: there is none. */
export const routingSchema = z.strictObject({
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

/** With the number of changes there have been, and the last of them. */
export interface VersionedRouting extends Routing {
  version: number;
  changedBy: string | null;
  /** ISO, UTC. */
  changedAt: string | null;
}

/** Where in a value a secret stands (`assistant.server.secret`), by the rules that keep secrets out of the log; null: nowhere. */
export function findSecret(value: unknown, path = ""): string | null {
  if (typeof value === "string") return redactText(value).includes("[redacted]") ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, entry] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    // Alone and emptied, so that what is inside it is not looked at twice.
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

/** The parts of Vapi's `ServerMessageResponseAssistantRequest` we answer with. `error` is spoken to the caller. */
export type RoutingReply =
  | { assistantId: string; assistantOverrides?: Overrides }
  | { assistant: TransientAssistant; assistantOverrides?: Overrides }
  | { squadId: string; squadOverrides?: Overrides }
  | { squad: TransientSquad; squadOverrides?: Overrides }
  | { workflowId: string; workflowOverrides?: { variableValues: Record<string, unknown> } }
  | { destination: Destination }
  | { error: string };

/** All rules as they are to be, and the version they were changed from. */
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

/** What an `assistant-request` says of who calls whom, as far as rules ask about it. */
export interface RoutingRequest {
  /** E.164, or a `sip:` address; null when withheld. */
  caller: string | null;
  /** Every name of what was called: its number, its SIP address, Vapi's id of it. */
  called: string[];
}

const place = z.string().trim().max(200).nullable();

/** Where calls go when neither their conversation nor the directory says: an empty one sends nobody anywhere. */
export const transferDefaultsSchema = z.object({ transferTo: place, handoffTo: place });

export type TransferDefaults = z.infer<typeof transferDefaultsSchema>;

export const transferDefaultsSetting = defineSetting("transfer-defaults", transferDefaultsSchema, {
  transferTo: null,
  handoffTo: null,
});

/** Vapi's `TransferDestinationNumber`, `…Sip` and `…Assistant`; whatever more they have (a message, a plan) goes along. */
export const transferDestinationSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("number"), number: z.string().min(3).max(40) }),
  z.looseObject({ type: z.literal("sip"), sipUri: z.string().min(5) }),
  z.looseObject({ type: z.literal("assistant"), assistantName: z.string().min(1) }),
]);

export type TransferDestination = z.infer<typeof transferDestinationSchema>;
