import "server-only";
import { sqlState } from "@/db/faults";
import type { DatabaseProblem } from "@/lib/health/health";

/** A failure this long ago says nothing of now: a write that succeeds ends it at once. */
const memoryMs = 30_000;

const problemOf: Readonly<Record<string, DatabaseProblem>> = {
  "53100": "disk-full",
  "25006": "read-only",
};

let seen: { problem: DatabaseProblem; at: number } | null = null;

/** What an error says of the database: null where it is about what was to be written. */
export function toDatabaseProblem(cause: unknown): DatabaseProblem | null {
  return problemOf[sqlState(cause) ?? ""] ?? null;
}

/** What became of an event that was to be written: a small probe may still fit where events do not. */
export function recordWrite(cause: unknown = null): void {
  const problem = toDatabaseProblem(cause);
  if (problem) seen = { problem, at: Date.now() };
  else if (cause === null) seen = null;
}

/** What the last event that could not be written says of the database, if that is not long ago. */
export function seenProblem(): DatabaseProblem | null {
  return seen && Date.now() - seen.at < memoryMs ? seen.problem : null;
}
