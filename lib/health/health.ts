import * as z from "zod";

/** Why events cannot be taken, in words for a person: what is wrong, what happens to events, what to do. */
export const databaseProblems = {
  unreachable:
    "The database is not responding. New events get a 503, and Vapi retries them if a backoffPlan is set. This page reloads by itself.",
  "disk-full":
    "The database is out of disk space. New events get a 503, and Vapi retries them if a backoffPlan is set. Free up or add disk space.",
  "read-only":
    "The database is read-only. New events get a 503, and Vapi retries them if a backoffPlan is set. Point DATABASE_URL at the primary, or end the failover.",
} as const satisfies Record<string, string>;

export type DatabaseProblem = keyof typeof databaseProblems;

/** Whether events can be taken, for anybody who asks. */
export const healthSchema = z.object({
  status: z.enum(["ok", "failing"]),
  database: z.enum(["up", "down"]),
  /** Why it is down; null when it is up. */
  problem: z.enum(["unreachable", "disk-full", "read-only"]).nullable(),
  /** By what the process that answers saw of it: `unknown` until it has published anything. */
  realtime: z.enum(["up", "failing", "unknown"]),
  lastEventAt: z.iso.datetime().nullable(),
});

export type Health = z.infer<typeof healthSchema>;

/**
 * Of an answer that is read from a replica: how many seconds that is behind, or null where nobody knows. Absent where the
 * answer is read from the database itself.
 */
export const behindSecondsSchema = z.number().min(0).nullable().optional();
