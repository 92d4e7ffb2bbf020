import "server-only";
import { and, asc, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type RecordingCopyRow, recordingCopies } from "@/db/schema/recording-copies";

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
