import "server-only";
import { and, asc, desc, eq, gt, inArray, isNotNull, lte, notExists, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { type RecordingCopyRow, recordingCopies, reports } from "@/db/schema/reports";

/** How long a taker may be busy with one before it counts as dead; copying gives up before. */
const leaseSeconds = 300;

/** Takes the next copies that are due to be made or deleted, each by one process at a time. */
export async function claimCopies(db: Database, atOnce: number): Promise<RecordingCopyRow[]> {
  const due = db.$with("due").as(
    db
      .select({ id: recordingCopies.id })
      .from(recordingCopies)
      .where(
        and(inArray(recordingCopies.state, ["waiting", "doomed"]), lte(recordingCopies.dueAt, sql`now()`)),
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

/** Has the copies of these calls' recordings deleted by the next tick, those that are just being made too. */
export async function markCopiesForDeletion(db: Pick<Database, "update">, callIds: string[]): Promise<void> {
  if (callIds.length === 0) return;
  await db
    .update(recordingCopies)
    .set({ state: "doomed", dueAt: sql`now()`, error: null })
    .where(inArray(recordingCopies.callId, callIds));
}

/** Vapi keeps recordings for this long. */
const vapiDays = 14;
const atOnce = 500;

/** Puts recordings that nobody has copied yet on the list, the newest first. */
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
  /** Null: no report has come. */
  report: { hasRecording: boolean } | null;
  /** Our own, when it is there. */
  copy: RecordingCopyRow | null;
}

/** What is known of where a call's recording lies; null when there is no such call. */
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

/** Forgets a copy once it is deleted. */
export async function forgetCopy(db: Pick<Database, "delete">, id: string): Promise<void> {
  await db.delete(recordingCopies).where(eq(recordingCopies.id, id));
}

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
