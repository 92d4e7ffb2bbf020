import "server-only";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { forwardingHeld, forwardingPending } from "@/db/schema/forwarding";

/** Items that are delivered in order. */
export interface Chain {
  orderKey: string;
  items: FeedItem[];
  /** Number of attempts for its first item. */
  attempts: number;
  /** When it started failing; null while it is not failing. */
  failingSince: Date | null;
  /** Whether it comes from the pending items. */
  isHeld: boolean;
}

/** The key that orders items: their call, or else their conversation, or else the item itself. */
export const orderKeyOf = ({ callId, conversationId, key }: FeedItem) => callId ?? conversationId ?? key;

type Reader = Pick<Database, "select" | "execute">;

/**
 * Chains held for a target that are due, earliest first, each with its next items.
 * @param due null: includes those that are not due yet
 */
export async function readHeld(
  db: Reader,
  targetId: string,
  due: Date | null,
  most: { chains: number; items: number },
): Promise<Chain[]> {
  const held = await db
    .select()
    .from(forwardingHeld)
    .where(
      and(
        eq(forwardingHeld.targetId, targetId),
        due === null ? undefined : lte(forwardingHeld.nextAttemptAt, due),
      ),
    )
    .orderBy(asc(forwardingHeld.nextAttemptAt), asc(forwardingHeld.orderKey))
    .limit(most.chains);
  if (held.length === 0) return [];
  const keys = JSON.stringify(held.map(({ orderKey }) => orderKey));
  const rows = await db.execute<
    Omit<FeedItem, "receivedAt" | "at"> & Record<"orderKey" | "receivedAt" | "at", string>
  >(sql`
    select p.kind, p.key, p.type, p.call_id as "callId",
      coalesce(e.conversation_id, c.conversation_id) as "conversationId",
      p.recorded_in::text as "recordedIn", p.received_at as "receivedAt", p.at, p.order_key as "orderKey",
      c.assistant_id as "assistantId", c.assistant_name as "assistantName"
    from jsonb_array_elements_text(${keys}::jsonb) as asked (order_key) cross join lateral (
      select * from ${forwardingPending} p where p.target_id = ${targetId} and p.order_key = asked.order_key
      order by p.recorded_in, p.received_at, p.at, p.key limit ${most.items}
    ) as p left join ${calls} c on c.id = p.call_id left join ${events} e on e.key = p.key
    order by p.order_key, p.recorded_in, p.received_at, p.at, p.key
  `);
  return held.map(({ orderKey, attempts, failingSince }) => ({
    orderKey,
    attempts,
    failingSince,
    isHeld: true,
    items: rows
      .filter((row) => row.orderKey === orderKey)
      .map(({ orderKey: _, ...row }) => ({
        ...row,
        receivedAt: new Date(row.receivedAt),
        at: new Date(row.at),
      })),
  }));
}

/** Returns which of these chains are held for a target. */
export async function findHeld(
  db: Pick<Database, "select">,
  targetId: string,
  orderKeys: readonly string[],
): Promise<Set<string>> {
  if (orderKeys.length === 0) return new Set();
  const rows = await db
    .select({ orderKey: forwardingHeld.orderKey })
    .from(forwardingHeld)
    .where(and(eq(forwardingHeld.targetId, targetId), inArray(forwardingHeld.orderKey, [...orderKeys])));
  return new Set(rows.map(({ orderKey }) => orderKey));
}
