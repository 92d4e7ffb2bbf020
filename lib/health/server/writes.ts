import "server-only";
import { sqlState } from "@/db/faults";
import type { DatabaseProblem } from "@/lib/health/health";

/** A failure longer ago than this no longer counts; a successful write clears it immediately. */
const memoryMs = 30_000;

const problemOf: Readonly<Record<string, DatabaseProblem>> = {
  "53100": "disk-full",
  "25006": "read-only",
};

let seen: { problem: DatabaseProblem; at: number } | null = null;

/** Returns the database problem behind an error; null if the error is about the data being written. */
export function toDatabaseProblem(cause: unknown): DatabaseProblem | null {
  return problemOf[sqlState(cause) ?? ""] ?? null;
}

/** Records the outcome of writing an event, since a small probe may still succeed when events no longer fit. */
export function recordWrite(cause: unknown = null): void {
  const problem = toDatabaseProblem(cause);
  if (problem) seen = { problem, at: Date.now() };
  else if (cause === null) seen = null;
}

/** Returns the problem of the last failed event write, if it is recent. */
export function seenProblem(): DatabaseProblem | null {
  return seen && Date.now() - seen.at < memoryMs ? seen.problem : null;
}
