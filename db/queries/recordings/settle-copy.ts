import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type RecordingCopyRow, recordingCopies } from "@/db/schema/recording-copies";

export type CopyOutcome =
  | { came: "kept"; contentType: string; bytes: number }
  /** `pauseMs`: until the next attempt; null: there is none. `why`: in words without links. */
  | { came: "failed"; why: string; pauseMs: number | null };

/**
 * Writes down what came of an attempt to copy. False when it counts no more: the call was deleted meanwhile, or another
 * process has taken over; then what was stored must go again.
 */
export async function settleCopy(
  db: Pick<Database, "update">,
  { id, attempts }: RecordingCopyRow,
  outcome: CopyOutcome,
): Promise<boolean> {
  const settled = await db
    .update(recordingCopies)
    .set(toColumns(outcome))
    .where(
      and(
        eq(recordingCopies.id, id),
        eq(recordingCopies.attempts, attempts),
        eq(recordingCopies.state, "waiting"),
      ),
    )
    .returning({ id: recordingCopies.id });
  return settled.length > 0;
}

/** Has one that was given up copied again. */
export async function retryCopy(db: Pick<Database, "update">, id: string): Promise<void> {
  await db
    .update(recordingCopies)
    .set({ state: "waiting", attempts: 0, dueAt: sql`now()` })
    .where(and(eq(recordingCopies.id, id), eq(recordingCopies.state, "failed")));
}

function toColumns(outcome: CopyOutcome) {
  if (outcome.came === "kept") {
    const { contentType, bytes } = outcome;
    return { state: "kept" as const, contentType, bytes, error: null };
  }
  const { why, pauseMs } = outcome;
  if (pauseMs === null) return { state: "failed" as const, error: why };
  return { error: why, dueAt: sql`now() + make_interval(secs => ${pauseMs / 1000})` };
}
