import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import {
  forwardingDeliveries,
  forwardingPending,
  forwardingTargets,
  type TargetRow,
} from "@/db/schema/forwarding";
import type { DeliveryOutcome } from "@/lib/forwarding/target";

export interface Attempt {
  item: FeedItem;
  outcome: DeliveryOutcome;
  attempt: number;
  attemptedAt: Date;
  status: number | null;
  tookMs: number | null;
  error: string | null;
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** The cursor at an item. */
export const toCursor = ({ recordedIn, receivedAt, at, key }: FeedItem) => ({
  cursorRecordedIn: recordedIn,
  cursorReceivedAt: receivedAt,
  cursorAt: at,
  cursorKey: key,
});

/** Writes attempts to the delivery log. */
export async function insertAttempts(
  tx: Pick<Transaction, "insert">,
  targetId: string,
  attempts: readonly Attempt[],
): Promise<void> {
  if (attempts.length === 0) return;
  const rows = attempts.map(({ item: { key, type, callId }, ...attempt }) => ({
    targetId,
    key,
    type,
    callId,
    ...attempt,
  }));
  await tx.insert(forwardingDeliveries).values(rows);
}

const givenUp = "It was rejected for 24 hours.";

/** Gives up pending items received up to this moment, and logs them. */
export async function givePendingUp(
  tx: Pick<Transaction, "execute">,
  targetId: string,
  before: Date,
  which: SQL,
): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from ${forwardingPending} where target_id = ${targetId} and received_at <= ${before.toISOString()}::timestamptz and ${which}
      returning *
    )
    insert into ${forwardingDeliveries} (target_id, key, type, call_id, attempted_at, attempt, outcome, error)
    select target_id, key, type, call_id, now(), 0, 'given-up', ${givenUp} from gone
    order by recorded_in, received_at, at, key
  `);
}

/** Gives up these unread items, logs them, and moves the cursor to the last item read. Returns null if the lease is lost. */
export async function giveFeedUp(
  db: Database,
  { id, leaseId }: TargetRow,
  items: readonly FeedItem[],
  read: FeedItem,
  at: Date,
): Promise<TargetRow | null> {
  if (leaseId === null) return null;
  return db.transaction(async (tx) => {
    const [moved] = await tx
      .update(forwardingTargets)
      .set(toCursor(read))
      .where(and(eq(forwardingTargets.id, id), eq(forwardingTargets.leaseId, leaseId)))
      .returning();
    if (!moved) return null;
    const given = { outcome: "given-up", attempt: 0, attemptedAt: at, status: null, tookMs: null } as const;
    await insertAttempts(
      tx,
      id,
      items.map((item) => ({ item, ...given, error: givenUp })),
    );
    return moved;
  });
}
