import * as z from "zod";

/** Why events cannot be stored: the cause, what happens to events, and what to do. */
export const databaseProblems = {
  unreachable:
    "The database is not responding. New events get a 503, and Vapi retries them if a backoffPlan is set. This page reloads automatically.",
  "disk-full":
    "The database is out of disk space. New events get a 503, and Vapi retries them if a backoffPlan is set. Free up or add disk space.",
  "read-only":
    "The database is read-only. New events get a 503, and Vapi retries them if a backoffPlan is set. Point DATABASE_URL at the primary, or end the failover.",
} as const satisfies Record<string, string>;

export type DatabaseProblem = keyof typeof databaseProblems;

/** Whether events can be stored. Public. */
export const healthSchema = z.object({
  status: z.enum(["ok", "failing"]),
  database: z.enum(["up", "down"]),
  /** The cause if the database is down; null if it is up. */
  problem: z.enum(["unreachable", "disk-full", "read-only"]).nullable(),
  /** As seen by the responding process: `unknown` until it has published something. */
  realtime: z.enum(["up", "failing", "unknown"]),
  lastEventAt: z.iso.datetime().nullable(),
});

export type Health = z.infer<typeof healthSchema>;

/**
 * Replication lag of a response read from a replica, in seconds; null if unknown. Missing if the response was read from
 * the primary.
 */
export const behindSecondsSchema = z.number().min(0).nullable().optional();
