import * as z from "zod";
import { comparisonSchema } from "@/lib/reconciliation/coverage";

const moment = z.iso.datetime();
const ms = z.number().nullable();

/** Spans of time that the event log is looked at for, in minutes. */
export const healthPeriods = { hour: 60, day: 24 * 60 } as const;

export const healthPeriodSchema = z.enum(["hour", "day"]);

export type HealthPeriod = z.infer<typeof healthPeriodSchema>;

/** Milliseconds from receipt to the answer, for one type; null while none was measured. */
export const replyTimesSchema = z.object({
  type: z.string(),
  /** Whether Vapi waits for what the answer says. */
  isAnswered: z.boolean(),
  events: z.int(),
  p50: ms,
  p95: ms,
  p99: ms,
});

export type ReplyTimes = z.infer<typeof replyTimesSchema>;

/** One item a job could not process for its own content. */
export const setAsideSchema = z.object({
  job: z.string(),
  item: z.string(),
  reason: z.string(),
  failures: z.int(),
  firstAt: moment,
  lastAt: moment,
  /** The job leaves it alone until then. */
  retryAt: moment,
});

/** Which one is to be tried again. */
export const setAsideRetrySchema = setAsideSchema.pick({ job: true, item: true });

/** How Earshot is doing, for whoever keeps it. */
export const healthDetailSchema = z.object({
  /** The server's clock. */
  now: moment,
  period: healthPeriodSchema,
  replies: z.array(replyTimesSchema),
  outcomes: z.object({
    recorded: z.int(),
    unknown: z.int(),
    malformed: z.int(),
    /** Deliveries of the period's events that came again. */
    duplicate: z.int(),
  }),
  /** Events a minute: over the last minute, and over the period. */
  rate: z.object({ lastMinute: z.number(), period: z.number() }),
  lastEventAt: moment.nullable(),
  database: z.object({ pingMs: z.number(), bytes: z.number() }),
  /** What waits for the database in the one process that answers, and what it could not take since it started. */
  backlog: z.object({
    events: z.int(),
    bytes: z.int(),
    droppedPartials: z.int(),
    refusedEvents: z.int(),
  }),
  realtime: z.object({
    state: z.enum(["up", "failing", "unknown"]),
    /** By the one process that answers, since it started. */
    sent: z.int(),
    failed: z.int(),
    lastFailureAt: moment.nullable(),
    /** Channels that somebody listens to. */
    channels: z.int(),
  }),
  /** When a delivery was last let in, and when one was last refused; how many kinds of refusal there are. */
  setup: z.object({ admittedAt: moment.nullable(), refusedAt: moment.nullable(), refusals: z.int() }),
  /** What is connected in Vapi, how many of it have changed there since, and when that was last looked at. */
  vapi: z.object({
    connected: z.int(),
    drifted: z.int(),
    checkedAt: moment.nullable(),
    failure: z.string().nullable(),
  }),
  /** How much of what Vapi lists was delivered. */
  comparison: comparisonSchema,
  jobs: z.array(z.object({ name: z.string(), begunAt: moment, isLate: z.boolean() })),
  /** What jobs left out so that the rest could go on, newest first; `count` of all. */
  setAside: z.object({ count: z.int(), items: z.array(setAsideSchema) }),
  /** Systems that events are passed on to: `down`: the breaker has closed them; `waiting`: counted to ten thousand. */
  forwarding: z.object({
    targets: z.int(),
    paused: z.int(),
    down: z.int(),
    waiting: z.int(),
    givenUpInPeriod: z.int(),
  }),
  outbox: z.object({
    waiting: z.int(),
    /** Since when the oldest that should have been sent waits. */
    overdueSince: moment.nullable(),
    failedInPeriod: z.int(),
  }),
});

export type HealthDetail = z.infer<typeof healthDetailSchema>;
