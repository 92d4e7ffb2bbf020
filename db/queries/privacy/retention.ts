import { and, eq, gt, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { scrubCalls } from "@/db/queries/privacy/scrub-calls";
import { oldestFirst } from "@/db/rows";
import { notifications } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { webhookRejections } from "@/db/schema/credentials";
import { events } from "@/db/schema/events";
import { retentionProgress } from "@/db/schema/operations";
import { toolEffects } from "@/db/schema/tools";
import type { CallRetentionKind } from "@/lib/privacy/subject";

const batchSize = 1_000;

export interface Deleted {
  rows: number;
  /** False while more rows are to be deleted. */
  isDone: boolean;
}

/**
 * Deletes up to a thousand rows, oldest first; concurrent callers take different ones.
 * @param at the time to go by, with an index that is `.desc()`
 */
async function deleteOldest(
  db: Pick<Database, "execute">,
  at: PgColumn,
  which: SQL | undefined,
): Promise<Deleted> {
  const { count } = await db.execute(sql`
    delete from ${at.table} where ctid = any(array(
      select ctid from ${at.table} where ${which} order by ${oldestFirst(at)} limit ${batchSize} for update skip locked))
  `);
  return { rows: count, isDone: count < batchSize };
}

/** Deletes some of the events received before `cutoff`. */
export function deleteOldEvents(db: Pick<Database, "execute">, cutoff: Date): Promise<Deleted> {
  return deleteOldest(db, events.receivedAt, lt(events.receivedAt, cutoff));
}

/** Deletes some of the tool effects older than a quarter of a year: no delivery is repeated that late. */
export function deleteOldEffects(db: Pick<Database, "execute">): Promise<Deleted> {
  const { claimedAt } = toolEffects;
  return deleteOldest(db, claimedAt, lt(claimedAt, sql`now() - interval '90 days'`));
}

/** Deletes some of the notifications settled a year ago that no subject's deletion deletes, such as tests of a channel. */
export function deleteOldNotifications(db: Pick<Database, "execute">): Promise<Deleted> {
  const { settledAt, alertId, incidentId, issueId, versionAlertId } = notifications;
  const hasNoSubject = [alertId, incidentId, issueId, versionAlertId].map((subject) => isNull(subject));
  return deleteOldest(db, settledAt, and(lt(settledAt, sql`now() - interval '365 days'`), ...hasNoSubject));
}

/** Deletes rejected requests a month after they last occurred. */
export async function deleteOldRejections(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(webhookRejections).where(lt(webhookRejections.lastAt, sql`now() - interval '30 days'`));
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
    .orderBy(oldestFirst(calls.createdAt))
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
