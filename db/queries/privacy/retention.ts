import { and, eq, gt, inArray, lt, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { scrubCalls } from "@/db/queries/privacy/scrub-calls";
import { calls } from "@/db/schema/calls";
import { webhookRefusals } from "@/db/schema/credentials";
import { events } from "@/db/schema/events";
import { retentionProgress } from "@/db/schema/operations";
import { toolEffects } from "@/db/schema/tools";
import type { CallRetentionKind } from "@/lib/privacy/subject";

/** Deletes tool effects after a quarter of a year: no delivery is repeated that late. */
export async function deleteOldEffects(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(toolEffects).where(lt(toolEffects.claimedAt, sql`now() - interval '90 days'`));
}

const batchSize = 1_000;

/**
 * Deletes up to a thousand events received before `cutoff`; concurrent callers take different ones. Returns how many; fewer
 * than a thousand means that none are left.
 */
export async function deleteOldEvents(
  db: Pick<Database, "delete" | "select">,
  cutoff: Date,
): Promise<{ events: number; isDone: boolean }> {
  const old = db
    .select({ key: events.key })
    .from(events)
    .where(lt(events.receivedAt, cutoff))
    .orderBy(events.receivedAt)
    .limit(batchSize)
    .for("update", { skipLocked: true });
  const gone = await db.delete(events).where(inArray(events.key, old)).returning({ key: events.key });
  return { events: gone.length, isDone: gone.length < batchSize };
}

/** Deletes rejected requests a month after they last occurred. */
export async function deleteOldRefusals(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(webhookRefusals).where(lt(webhookRefusals.lastAt, sql`now() - interval '30 days'`));
}

const callsAtOnce = 200;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

interface Swept {
  /** Calls that this kind of data was removed from. */
  calls: number;
  /** False while older calls remain. */
  isDone: boolean;
}

/**
 * One step of retention: removes one kind of data from the next few hundred calls made before `cutoff`, in one transaction. It
 * can stop and resume at any point; of two concurrent steps one does nothing.
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

/** When the last call of the next batch was made, so that calls of the same millisecond are in one batch. */
async function findBatchEnd(tx: Transaction, from: Date, cutoff: Date): Promise<Date> {
  const [last] = await tx
    .select({ at: calls.createdAt })
    .from(calls)
    .where(and(gt(calls.createdAt, from), lte(calls.createdAt, cutoff)))
    .orderBy(calls.createdAt)
    .offset(callsAtOnce - 1)
    .limit(1);
  return last?.at ?? cutoff;
}

/** An event may be received this long before its transaction becomes visible. */
const slackMs = 60_000;

/**
 * Removes one kind of data again from calls that retention had already swept when another of their events arrived late or
 * was sent again. Finds them by their events. Returns how many calls.
 */
export async function sweepLatecomers(db: Database, kind: CallRetentionKind): Promise<number> {
  return db.transaction(async (tx) => {
    const [progress] = await tx
      .select()
      .from(retentionProgress)
      .where(eq(retentionProgress.kind, kind))
      .for("update", { skipLocked: true });
    if (!progress) return 0;
    const late = await tx
      .selectDistinct({ id: calls.id })
      .from(events)
      .innerJoin(calls, eq(calls.id, events.callId))
      .where(
        and(
          gt(events.receivedAt, new Date(progress.seenUntil.getTime() - slackMs)),
          lte(calls.createdAt, progress.sweptUntil),
        ),
      );
    await scrubCalls(
      tx,
      kind,
      late.map(({ id }) => id),
    );
    await tx.update(retentionProgress).set({ seenUntil: sql`now()` }).where(eq(retentionProgress.kind, kind));
    return late.length;
  });
}
