import * as z from "zod";

/** A forwarded item: a Vapi message, or a change to an alert. */
export type ItemKind = "event" | "alert";

export const forwardingBodies = ["whole", "trimmed", "mapped"] as const;

/**
 * `whole`: the message with its call, and a report with all its parts. `trimmed`: only what is specific to the message.
 * `mapped`: selected fields.
 */
export type ForwardingBody = (typeof forwardingBodies)[number];

/** `skipped`: deleted before it could be sent. `given-up`: failed for a day. */
const deliveryOutcomes = ["delivered", "failed", "given-up", "skipped"] as const;

export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

const maxFields = 50;

/** `message.analysis.summary`, `message.toolCallList[0].name`: only names and indexes, no expressions. */
const pathPattern = /^[\w-]{1,100}(?:\.[\w-]{1,100}|\[\d{1,4}\]){0,12}$/;

/** A mapped body: the name of each field, and the path of its value in the whole body. */
const mappingSchema = z
  .record(
    z.string().trim().min(1).max(100),
    z
      .string()
      .trim()
      .regex(pathPattern, "Use a path such as message.analysis.summary or message.toolCallList[0].name."),
  )
  .refine((mapping) => Object.keys(mapping).length > 0, "Map at least one field.")
  .refine((mapping) => Object.keys(mapping).length <= maxFields, `Map ${maxFields} fields at most.`);

export type Mapping = z.infer<typeof mappingSchema>;

const text = z.string().trim().min(1).max(200);

const fields = {
  name: text.max(100),
  url: z
    .url({ protocol: /^https?$/, error: "URLs start with https://." })
    .max(2_000)
    .refine((url) => !new URL(url).username && !new URL(url).password, "URLs must not contain a password."),
  /** Message types; null for all; empty for none, so only alerts. */
  types: z.array(text).max(100).nullable(),
  sendsAlerts: z.boolean(),
  /** Ids or names of assistants; empty for all. */
  assistants: z.array(text).max(100),
  body: z.enum(forwardingBodies),
  mapping: mappingSchema.nullable(),
  /** Whether caller data is masked as for viewers. */
  isMasked: z.boolean(),
};

const hasMapping = (target: { body?: ForwardingBody | undefined; mapping?: Mapping | null | undefined }) =>
  target.body !== "mapped" || target.mapping != null;

export const newTargetSchema = z
  .strictObject({
    ...fields,
    types: fields.types.default(null),
    sendsAlerts: fields.sendsAlerts.default(false),
    assistants: fields.assistants.default([]),
    body: fields.body.default("trimmed"),
    mapping: fields.mapping.default(null),
    isMasked: fields.isMasked.default(true),
  })
  .refine(hasMapping, { path: ["mapping"], error: "Add a mapping." });

export type NewTarget = z.infer<typeof newTargetSchema>;

/** Only the given fields change. `rotates`: creates a new signing key; the old one also signs for a day. */
export const targetChangeSchema = z
  .strictObject({
    ...z.object(fields).partial().shape,
    isEnabled: z.boolean().optional(),
    rotates: z.literal(true).optional(),
  })
  .refine(hasMapping, { path: ["mapping"], error: "Add a mapping." });

export type TargetChange = z.infer<typeof targetChangeSchema>;

const moment = z.iso.datetime();

/** A target as the settings page and scripts see it. */
export const targetSchema = z.object({
  id: z.uuid(),
  ...fields,
  isEnabled: z.boolean(),
  /** False once BETTER_AUTH_SECRET has changed: nothing can be signed or sent. */
  isReadable: z.boolean(),
  /** Items behind the cursor: failed, or waiting for a failed one. */
  pending: z.int(),
  failures: z.int(),
  failingSince: moment.nullable(),
  /** Nothing is sent before this time. */
  openUntil: moment.nullable(),
  lastDeliveredAt: moment.nullable(),
  /** The newest span being sent again; null for none. */
  replay: z.object({ from: moment, to: moment, items: z.int() }).nullable(),
});

export type Target = z.infer<typeof targetSchema>;

/** One attempt of the delivery log. */
export const deliverySchema = z.object({
  id: z.int(),
  targetId: z.uuid(),
  target: z.string(),
  /** The item's `webhook-id`: an event's key. */
  key: z.uuid(),
  type: z.string(),
  callId: z.string().nullable(),
  attemptedAt: moment,
  attempt: z.int(),
  outcome: z.enum(deliveryOutcomes),
  status: z.int().nullable(),
  tookMs: z.int().nullable(),
  error: z.string().nullable(),
});

export type ForwardingDelivery = z.infer<typeof deliverySchema>;

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);

/** A filter of the delivery log. */
export const deliveryFilterSchema = z.object({
  outcome: z.preprocess(blankAsAbsent, z.enum(deliveryOutcomes).optional()),
  /** Only undelivered items. */
  isProblem: z.stringbool().or(z.boolean()).default(false),
  /** The last id of the previous page. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>;

/** A span to send again, by when its items were received. Nothing is sent unless `isConfirmed`. */
export const replaySpanSchema = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    isConfirmed: z.boolean().default(false),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ["to"],
    error: "The end is before the start.",
  });

export type ReplaySpan = z.infer<typeof replaySpanSchema>;
