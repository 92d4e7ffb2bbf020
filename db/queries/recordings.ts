import "server-only";
import { and, asc, desc, eq, gt, inArray, isNotNull, lte, ne, notExists, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { type RecordingCopyRow, recordingCopies, reports } from "@/db/schema/reports";

/** How long a process may hold a copy before it counts as dead; copying times out earlier. */
const leaseSeconds = 300;

/** Claims the next copies to make or delete, each for one process at a time. */
export async function claimCopies(db: Database, atOnce: number): Promise<RecordingCopyRow[]> {
  const due = db.$with("due").as(
    db
      .select({ id: recordingCopies.id })
      .from(recordingCopies)
      .where(
        and(inArray(recordingCopies.state, ["waiting", "deleting"]), lte(recordingCopies.dueAt, sql`now()`)),
      )
      .orderBy(asc(recordingCopies.dueAt))
      .limit(atOnce)
      .for("update", { skipLocked: true }),
  );
  return db
    .with(due)
    .update(recordingCopies)
    .set({
      dueAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempts: sql`${recordingCopies.attempts} + 1`,
    })
    .where(inArray(recordingCopies.id, db.select({ id: due.id }).from(due)))
    .returning();
}

/** Has the next tick delete the copies of these calls' recordings, including those being made now. */
export async function markCopiesForDeletion(db: Pick<Database, "update">, callIds: string[]): Promise<void> {
  if (callIds.length === 0) return;
  await db
    .update(recordingCopies)
    .set({ state: "deleting", dueAt: sql`now()`, error: null })
    .where(inArray(recordingCopies.callId, callIds));
}

/** Vapi keeps recordings for this long. */
const vapiDays = 14;
const atOnce = 500;

/** Queues recordings that have not been copied yet, newest first. */
export async function enqueueCopies(db: Pick<Database, "select" | "insert">): Promise<void> {
  const copied = db
    .select({ one: sql`1` })
    .from(recordingCopies)
    .where(eq(recordingCopies.callId, reports.callId));
  const found = await db
    .select({ callId: reports.callId })
    .from(reports)
    .where(
      and(
        gt(reports.at, sql`now() - make_interval(days => ${vapiDays})`),
        or(isNotNull(reports.recordingUrl), isNotNull(reports.stereoRecordingUrl)),
        notExists(copied),
      ),
    )
    .orderBy(desc(reports.at))
    .limit(atOnce);
  if (found.length > 0) await db.insert(recordingCopies).values(found).onConflictDoNothing();
}

export interface FoundRecording {
  callId: string;
  /** Null: there is no report yet. */
  report: { hasRecording: boolean } | null;
  /** Our own copy, if there is one. */
  copy: RecordingCopyRow | null;
}

/** Where a call's recording is; null when there is no such call. */
export async function findRecording(db: Database, callId: string): Promise<FoundRecording | null> {
  const [found] = await db
    .select({
      callId: calls.id,
      reportOf: reports.callId,
      recordingUrl: reports.recordingUrl,
      stereoRecordingUrl: reports.stereoRecordingUrl,
      copy: recordingCopies,
    })
    .from(calls)
    .leftJoin(reports, eq(reports.callId, calls.id))
    .leftJoin(recordingCopies, and(eq(recordingCopies.callId, calls.id), eq(recordingCopies.state, "kept")))
    .where(eq(calls.id, callId));
  if (!found) return null;
  const { reportOf, copy, recordingUrl, stereoRecordingUrl } = found;
  return {
    callId,
    copy,
    report: reportOf === null ? null : { hasRecording: Boolean(recordingUrl ?? stereoRecordingUrl) },
  };
}

/** Removes the row of a deleted copy. */
export async function forgetCopy(db: Pick<Database, "delete">, id: string): Promise<void> {
  await db.delete(recordingCopies).where(eq(recordingCopies.id, id));
}

export type CopyOutcome =
  | { came: "kept"; contentType: string; bytes: number }
  /** `pauseMs`: until the next attempt; null gives up. `why`: without links. */
  | { came: "failed"; why: string; pauseMs: number | null };

/**
 * Records the outcome of an attempt. Returns false if it no longer counts because the call was deleted or another process
 * has taken over; then the stored object must be deleted if it is not wanted any more.
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

/** Whether a copy's object is needed, now or later: false once its call was deleted. */
export async function isCopyWanted(db: Pick<Database, "$count">, id: string): Promise<boolean> {
  const isWanted = and(eq(recordingCopies.id, id), ne(recordingCopies.state, "deleting"));
  return (await db.$count(recordingCopies, isWanted)) > 0;
}

/** Retries a copy that was given up. */
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
