import * as z from "zod";
import { outcomes } from "@/lib/calls/report";

const moment = z.iso.datetime();

/** One delivery as the list of the event log shows it. */
export const eventEntrySchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: z.enum(outcomes).exclude(["duplicate"]),
  /** Vapi's stamp, or the time of receipt where it sent none. */
  at: moment,
  receivedAt: moment,
  bytes: z.int(),
  /** From receipt to the answer; null where it was not measured. */
  tookMs: z.int().nullable(),
  /** How often the very same delivery came again, and when last. */
  repeats: z.int(),
  repeatedAt: moment.nullable(),
  callId: z.string().nullable(),
  /** What a person calls the call. */
  callTitle: z.string().nullable(),
  conversationUuid: z.string().nullable(),
  /** The first thing that is wrong with a malformed one. */
  problem: z.string().nullable(),
  /** The beginning of the answer it was given; null for `{}`. */
  answer: z.string().nullable(),
});

export type EventEntry = z.infer<typeof eventEntrySchema>;

/** A page of the event log, newest first. */
export const eventListSchema = z.object({
  events: z.array(eventEntrySchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type EventList = z.infer<typeof eventListSchema>;

const record = z.record(z.string(), z.unknown());

/** One delivery with all that is kept of it. */
export const eventDetailSchema = eventEntrySchema.omit({ answer: true, problem: true }).extend({
  /** Trimmed of what every body repeats, and without secrets. */
  message: record,
  /** For a malformed one: what its schema said, field by field. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  /** What Vapi was answered, without secrets; null for `{}`. */
  answer: record.nullable(),
});

export type EventDetail = z.infer<typeof eventDetailSchema>;

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** `2026-08-01T09:30Z`, or without a zone, which is UTC then. */
const filterMoment = z.iso.datetime({ local: true, offset: true }).transform((text) => {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return new Date(hasZone ? text : `${text}Z`);
});

/** `1767524032688_<event key>`: the last event of the page before, by receipt (epoch ms) and key. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_[0-9a-f-]{36}$/, "Unknown cursor.")
  .transform((cursor) => ({ receivedAt: new Date(Number(cursor.slice(0, -37))), key: cursor.slice(-36) }));

/** Minutes before now that the log can be narrowed to. */
export const lastMinutes = { "15m": 15, "1h": 60, "1d": 24 * 60, "7d": 7 * 24 * 60 } as const;
export const lasts = ["15m", "1h", "1d", "7d"] as const satisfies (keyof typeof lastMinutes)[];

/** Which deliveries are asked for, as the page's URL and the API say it. */
export const eventFilterSchema = z.object({
  type: optional(z.string().trim().max(200)),
  /** `duplicate`: those that came more than once. */
  outcome: optional(z.enum(outcomes)),
  callId: optional(z.string().trim().max(200)),
  conversation: optional(z.guid("Not a valid UUID.")),
  last: optional(z.enum(lasts)),
  from: optional(filterMoment),
  to: optional(filterMoment),
  cursor: optional(cursorSchema),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type EventFilter = z.infer<typeof eventFilterSchema>;

/** What came of reading an event of the log once more with today's code. */
export const replayOutcomes = {
  mended: "Recognized now and linked to its call",
  "joined-again": "Linked to its call again; better data was kept",
  "still-unknown": "Still an unknown type",
  "still-malformed": "Still malformed",
  "trimmed-away": "Recorded as received; too little is stored to re-process it",
  "no-call": "No call to link it to",
} as const satisfies Record<string, string>;

export type ReplayOutcome = keyof typeof replayOutcomes;

const outcomeSchema = z.custom<ReplayOutcome>(
  (value) => typeof value === "string" && Object.keys(replayOutcomes).includes(value),
  "Unknown outcome.",
);

export const replayedSchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: outcomeSchema,
  /** For one that is still malformed: what today's schema says. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});

export type Replayed = z.infer<typeof replayedSchema>;

/** Where to read on. */
export const replayFromSchema = z.object({
  after: z.string().describe("The `next` of the answer before.").optional(),
});

export type ReplayFrom = z.infer<typeof replayFromSchema>;

/** A long call is read in pieces, so that each request ends soon. */
export const replayAnswerSchema = z.object({
  results: z.array(replayedSchema),
  /** How many events are read by now, and how many there are. */
  done: z.number().int(),
  total: z.number().int(),
  /** What to ask for next, as `after`; null when all are read. */
  next: z.string().nullable(),
});
