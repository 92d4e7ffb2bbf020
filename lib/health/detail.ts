import * as z from "zod";
import { comparisonSchema } from "@/lib/reconciliation/coverage";

const moment = z.iso.datetime();
const ms = z.number().nullable();

/** Periods for figures from the event log, in minutes. */
export const healthPeriods = { hour: 60, day: 24 * 60 } as const;

export const healthPeriodSchema = z.enum(["hour", "day"]);

export type HealthPeriod = z.infer<typeof healthPeriodSchema>;

/** Response times for one type, in milliseconds from receipt to response; null if none was measured. */
const replyTimesSchema = z.object({
  type: z.string(),
  /** Whether Vapi waits for the content of the response. */
  isAnswered: z.boolean(),
  events: z.int(),
  p50: ms,
  p95: ms,
  p99: ms,
});

export type ReplyTimes = z.infer<typeof replyTimesSchema>;

/** An item that a job set aside because its own content could not be processed. */
const setAsideSchema = z.object({
  job: z.string(),
  item: z.string(),
  reason: z.string(),
  failures: z.int(),
  firstAt: moment,
  lastAt: moment,
  /** The job skips the item until then. */
  retryAt: moment,
});

/** The item to retry. */
export const setAsideRetrySchema = setAsideSchema.pick({ job: true, item: true });

/** Earshot's own health, for its operator. */
export const healthDetailSchema = z.object({
  /** Time on the server. */
  now: moment,
  period: healthPeriodSchema,
  replies: z.array(replyTimesSchema),
  outcomes: z.object({
    recorded: z.int(),
    unknown: z.int(),
    malformed: z.int(),
    /** Repeated deliveries of the period's events. */
    duplicate: z.int(),
  }),
  /** Events per minute: over the last minute, and over the period. */
  rate: z.object({ lastMinute: z.number(), period: z.number() }),
  lastEventAt: moment.nullable(),
  database: z.object({ pingMs: z.number(), bytes: z.number() }),
  /** Events waiting for the database in the responding process, and what it dropped or rejected since it started. */
  backlog: z.object({
    events: z.int(),
    bytes: z.int(),
    droppedPartials: z.int(),
    refusedEvents: z.int(),
  }),
  realtime: z.object({
    state: z.enum(["up", "failing", "unknown"]),
    /** Counted by the responding process since it started. */
    sent: z.int(),
    failed: z.int(),
    lastFailureAt: moment.nullable(),
    /** Channels with subscribers. */
    channels: z.int(),
  }),
  /** When an event was last accepted and last rejected, and the number of rejection types. */
  setup: z.object({ admittedAt: moment.nullable(), rejectedAt: moment.nullable(), rejections: z.int() }),
  /** Resources connected in Vapi, how many of them have changed there since, and when that was last checked. */
  vapi: z.object({
    connected: z.int(),
    drifted: z.int(),
    checkedAt: moment.nullable(),
    failure: z.string().nullable(),
  }),
  /** Share of Vapi's calls that was delivered to Earshot. */
  comparison: comparisonSchema,
  jobs: z.array(z.object({ name: z.string(), begunAt: moment, isLate: z.boolean() })),
  /** Items that jobs skipped so that the rest could continue, newest first. `count` is the total. */
  setAside: z.object({ count: z.int(), items: z.array(setAsideSchema) }),
  /** Forwarding targets. `down`: the circuit breaker is open; `waiting`: waiting items, counted up to ten thousand. */
  forwarding: z.object({
    targets: z.int(),
    paused: z.int(),
    down: z.int(),
    waiting: z.int(),
    givenUpInPeriod: z.int(),
  }),
  outbox: z.object({
    waiting: z.int(),
    /** Due time of the oldest overdue notification. */
    overdueSince: moment.nullable(),
    failedInPeriod: z.int(),
  }),
});

export type HealthDetail = z.infer<typeof healthDetailSchema>;
