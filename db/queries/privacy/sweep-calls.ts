import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { scrubCalls } from "@/db/queries/privacy/scrub-calls";
import { calls } from "@/db/schema/calls";
import { retentionProgress } from "@/db/schema/retention-progress";
import type { CallRetentionKind } from "@/lib/privacy/subject";

const batchSize = 200;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface Swept {
  /** Calls that this kind of data was taken out of. */
  calls: number;
  /** False while there are older ones yet. */
  isDone: boolean;
}

/**
 * One step of retention: takes one kind of data out of the next calls made before `cutoff`, a few hundred, in one
 * transaction. What was done stays done, so it may stop and go on at any point; of two who come at once one does
 * nothing.
 */
export async function sweepCalls(db: Database, kind: CallRetentionKind, cutoff: Date): Promise<Swept> {
  return db.transaction(async (tx) => {
    await tx
      .insert(retentionProgress)
      .values({ kind, sweptUntil: new Date(0), seenUntil: sql`now()` })
      .onConflictDoNothing();
    const [progress] = await tx
      .select()
      .from(retentionProgress)
      .where(eq(retentionProgress.kind, kind))
      .for("update", { skipLocked: true });
    if (!progress || progress.sweptUntil >= cutoff) return { calls: 0, isDone: true };

    const until = await findBatchEnd(tx, progress.sweptUntil, cutoff);
    const batch = await tx
      .select({ id: calls.id })
      .from(calls)
      .where(and(gt(calls.createdAt, progress.sweptUntil), lte(calls.createdAt, until)));
    await scrubCalls(
      tx,
      kind,
      batch.map(({ id }) => id),
    );
    await tx.update(retentionProgress).set({ sweptUntil: until }).where(eq(retentionProgress.kind, kind));
    return { calls: batch.length, isDone: until >= cutoff };
  });
}

/** When the last call of the next batch was made, so that calls of the same millisecond go together. */
async function findBatchEnd(tx: Transaction, from: Date, cutoff: Date): Promise<Date> {
  const [last] = await tx
    .select({ at: calls.createdAt })
    .from(calls)
    .where(and(gt(calls.createdAt, from), lte(calls.createdAt, cutoff)))
    .orderBy(calls.createdAt)
    .offset(batchSize - 1)
    .limit(1);
  return last?.at ?? cutoff;
}
