import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import { type Attempt, givePendingUp, insertAttempts, toCursor } from "@/db/queries/forwarding/give-up";
import { type Chain, orderKeyOf } from "@/db/queries/forwarding/held";
import {
  forwardingHeld,
  forwardingPending,
  forwardingReplays,
  forwardingTargets,
  type ReplayRow,
  type TargetRow,
} from "@/db/schema/forwarding";

/** A chain after its round: its undelivered items, and when to try them next. */
export interface Remaining extends Chain {
  nextAttemptAt: Date;
}

/** The outcome of a round. */
export interface Outcome {
  attempts: readonly Attempt[];
  /** Every chain of the round; `items` are the undelivered ones. */
  chains: readonly Remaining[];
  /** Items of calls that are held already; they are queued behind the waiting ones. */
  queued: readonly FeedItem[];
  /** The last item read from the feed; null: none. */
  read: FeedItem | null;
  /** The span being sent again, and how far it has been read. */
  replay: { id: string; read: FeedItem | null; items: number; isDone: boolean } | null;
  breaker: Pick<TargetRow, "failures" | "failingSince" | "openUntil">;
  /** Whether the target is up again, so that everything waiting is due. */
  isUpAgain: boolean;
  /** Gives up older items of failing chains, or of all chains if the target is down. */
  giveUp: { before: Date; isAll: boolean };
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Stores the outcome of a round, all or nothing. Returns the updated target, or null if another process has leased it or it
 * was deleted. Then nothing is stored, and delivered items are sent again with the same id.
 */
export function settleRound(
  db: Database,
  target: TargetRow,
  outcome: Outcome,
  leaseUntil: Date,
): Promise<TargetRow | null> {
  return db.transaction(async (tx) => {
    if (target.leaseId === null) return null;
    const [settled] = await tx
      .update(forwardingTargets)
      .set({ ...outcome.breaker, ...(outcome.read && toCursor(outcome.read)), leaseUntil })
      .where(and(eq(forwardingTargets.id, target.id), eq(forwardingTargets.leaseId, target.leaseId)))
      .returning();
    if (!settled) return null;
    await insertAttempts(tx, target.id, outcome.attempts);
    await settleChains(tx, target.id, outcome);
    if (outcome.replay) await settleReplay(tx, outcome.replay);
    return settled;
  });
}

async function settleChains(
  tx: Transaction,
  targetId: string,
  { attempts, chains, queued, isUpAgain, giveUp }: Outcome,
): Promise<void> {
  const isDone = ({ outcome }: Attempt) => outcome !== "failed";
  const done = attempts.filter(isDone).map(({ item }) => item.key);
  if (done.length > 0 && chains.some(({ isHeld }) => isHeld)) {
    const { targetId: of, key } = forwardingPending;
    await tx.delete(forwardingPending).where(and(eq(of, targetId), inArray(key, done)));
  }
  const left = chains.filter(({ items }) => items.length > 0);
  // A held chain may have more items behind those delivered.
  const rows = chains.filter(({ isHeld, items }) => isHeld || items.length > 0);
  if (rows.length > 0) {
    const held = rows.map(({ orderKey, attempts: tries, failingSince, nextAttemptAt }) => ({
      targetId,
      orderKey,
      attempts: tries,
      failingSince,
      nextAttemptAt,
    }));
    await tx
      .insert(forwardingHeld)
      .values(held)
      .onConflictDoUpdate({
        target: [forwardingHeld.targetId, forwardingHeld.orderKey],
        set: {
          attempts: sql`excluded.attempts`,
          failingSince: sql`excluded.failing_since`,
          nextAttemptAt: sql`excluded.next_attempt_at`,
        },
      });
  }
  const fresh = left.filter(({ isHeld }) => !isHeld).flatMap(({ items }) => items);
  await insertPending(tx, targetId, [...fresh, ...queued]);
  const failing = left.filter(
    ({ failingSince }) => failingSince !== null && failingSince.getTime() <= giveUp.before.getTime(),
  );
  if (giveUp.isAll) await givePendingUp(tx, targetId, giveUp.before, sql`true`);
  else if (failing.length > 0) {
    const keys = failing.map(({ orderKey }) => orderKey);
    await givePendingUp(tx, targetId, giveUp.before, inArray(forwardingPending.orderKey, keys));
  }
  await tx.execute(sql`
    delete from ${forwardingHeld} h where h.target_id = ${targetId} and not exists (
      select from ${forwardingPending} p where p.target_id = h.target_id and p.order_key = h.order_key
    )
  `);
  if (isUpAgain) {
    await tx
      .update(forwardingHeld)
      .set({ nextAttemptAt: new Date(0) })
      .where(eq(forwardingHeld.targetId, targetId));
  }
}

async function insertPending(tx: Transaction, targetId: string, items: readonly FeedItem[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    targetId,
    kind: item.kind,
    key: item.key,
    type: item.type,
    callId: item.callId,
    orderKey: orderKeyOf(item),
    recordedIn: item.recordedIn,
    receivedAt: item.receivedAt,
    at: item.at,
  }));
  // An item that already waits is not queued twice.
  await tx.insert(forwardingPending).values(rows).onConflictDoNothing();
}

async function settleReplay(
  tx: Pick<Transaction, "update">,
  { id, read, items, isDone }: NonNullable<Outcome["replay"]>,
): Promise<void> {
  const cursor: Partial<ReplayRow> = read
    ? { cursorReceivedAt: read.receivedAt, cursorAt: read.at, cursorKey: read.key }
    : {};
  await tx
    .update(forwardingReplays)
    .set({
      ...cursor,
      items: sql`${forwardingReplays.items} + ${items}`,
      ...(isDone && { doneAt: sql`now()` }),
    })
    .where(eq(forwardingReplays.id, id));
}
