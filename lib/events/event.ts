import * as z from "zod";
import { outcomes } from "@/lib/calls/report";
import { uuidCursorSchema } from "@/lib/keyset";
import { daySchema } from "@/lib/zones";

const moment = z.iso.datetime();

/** One event in the event log's list. */
const eventEntrySchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: z.enum(outcomes).exclude(["duplicate"]),
  /** Vapi's timestamp, or the time of receipt if it sent none. */
  at: moment,
  receivedAt: moment,
  bytes: z.int(),
  /** From receipt to response; null if not measured. */
  tookMs: z.int().nullable(),
  /** How often the same event was delivered again, and when last. */
  repeats: z.int(),
  repeatedAt: moment.nullable(),
  callId: z.string().nullable(),
  /** Readable name of the call. */
  callTitle: z.string().nullable(),
  conversationUuid: z.string().nullable(),
  /** First error of a malformed event. */
  problem: z.string().nullable(),
  /** Start of the response; null for `{}`. */
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

/** One event with everything stored for it. */
export const eventDetailSchema = eventEntrySchema.omit({ answer: true, problem: true }).extend({
  /** Without secrets and without the parts that every body repeats. */
  message: record,
  /** Schema errors of a malformed event, field by field. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  /** The response sent to Vapi, without secrets; null for `{}`. */
  answer: record.nullable(),
});

export type EventDetail = z.infer<typeof eventDetailSchema>;

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** `2026-08-01T09:30Z`; without a zone it is UTC. */
const filterMoment = z.iso
  .datetime({ local: true, offset: true })
  .refine((text) => daySchema.safeParse(text.slice(0, 10)).success, "must be between 1970 and 9998")
  .transform((text) => {
    const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
    return new Date(hasZone ? text : `${text}Z`);
  });

/** `1767524032688_<event key>`: the last event of the previous page, by receipt (epoch ms) and key. */
const cursorSchema = uuidCursorSchema.transform(({ openedAt, id }) => ({ receivedAt: openedAt, key: id }));

/** Recent periods to filter the log by, in minutes. */
export const lastMinutes = { "15m": 15, "1h": 60, "1d": 24 * 60, "7d": 7 * 24 * 60 } as const;
export const lasts = ["15m", "1h", "1d", "7d"] as const satisfies (keyof typeof lastMinutes)[];

/** Filter of the event log, as in the page's URL and the API. */
export const eventFilterSchema = z.object({
  type: optional(z.string().trim().max(200)),
  /** `duplicate`: events delivered more than once. */
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

/** Outcomes of re-processing a stored event with the current code. */
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

const replayedSchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: outcomeSchema,
  /** Schema errors of an event that is still malformed. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});

export type Replayed = z.infer<typeof replayedSchema>;

/** Where to continue. */
export const replayFromSchema = z.object({
  after: z.string().describe("`next` from the previous response.").optional(),
});

export type ReplayFrom = z.infer<typeof replayFromSchema>;

/** A long call is re-processed in pieces, to keep each request short. */
export const replayAnswerSchema = z.object({
  results: z.array(replayedSchema),
  /** Number of events processed so far, and in total. */
  done: z.number().int(),
  total: z.number().int(),
  /** Value of `after` for the next request; null when done. */
  next: z.string().nullable(),
});
