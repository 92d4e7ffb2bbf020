import "server-only";
import { and, eq, lt, ne, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { countBehind } from "@/db/queries/forwarding/feed";
import { newestFirst } from "@/db/rows";
import { alertChanges } from "@/db/schema/alerts";
import {
  forwardingDeliveries,
  forwardingPending,
  forwardingReplays,
  forwardingTargets,
} from "@/db/schema/forwarding";
import { breakerFailures } from "@/lib/forwarding/retry";
import type { DeliveryFilter, ForwardingDelivery } from "@/lib/forwarding/target";

/**
 * The delivery log, newest first.
 * @param targetId only this target
 */
export async function listDeliveries(
  db: Pick<Database, "select">,
  { outcome, isProblem, before, limit }: DeliveryFilter,
  targetId?: string,
): Promise<ForwardingDelivery[]> {
  const { outcome: came, id, targetId: of } = forwardingDeliveries;
  const rows = await db
    .select({ row: forwardingDeliveries, target: forwardingTargets.name })
    .from(forwardingDeliveries)
    .innerJoin(forwardingTargets, eq(forwardingTargets.id, of))
    .where(
      and(
        targetId === undefined ? undefined : eq(of, targetId),
        outcome === undefined ? undefined : eq(came, outcome),
        // Written like the partial index's condition, so that it is used.
        isProblem || (outcome !== undefined && outcome !== "delivered")
          ? ne(came, sql`'delivered'`)
          : undefined,
        before === undefined ? undefined : lt(id, before),
      ),
    )
    .orderBy(targetId === undefined ? sql`${id} desc` : newestFirst(id))
    .limit(limit);
  return rows.map(({ row, target }) => ({ ...row, target, attemptedAt: row.attemptedAt.toISOString() }));
}

/** Logs a test delivery, which belongs to no item. */
export async function insertDelivery(
  db: Pick<Database, "insert">,
  delivery: typeof forwardingDeliveries.$inferInsert,
): Promise<void> {
  await db.insert(forwardingDeliveries).values(delivery);
}

/** Deletes delivered entries after a week, others after a month, and changes of alerts too old for any replay. */
export async function deleteOldDeliveries(db: Pick<Database, "delete">): Promise<void> {
  const { attemptedAt, outcome } = forwardingDeliveries;
  await db
    .delete(forwardingDeliveries)
    .where(
      or(
        and(eq(outcome, "delivered"), lt(attemptedAt, sql`now() - interval '7 days'`)),
        lt(attemptedAt, sql`now() - interval '30 days'`),
      ),
    );
  await db.delete(forwardingReplays).where(lt(forwardingReplays.doneAt, sql`now() - interval '30 days'`));
  await db.delete(alertChanges).where(lt(alertChanges.at, sql`now() - interval '90 days'`));
}

interface ForwardingState extends Record<string, unknown> {
  targets: number;
  paused: number;
  /** Targets whose breaker is open. */
  down: number;
  /** Pending items, and events after the cursors; both counted up to a limit. */
  waiting: number;
  /** Items given up in the period. */
  givenUp: number;
}

const mostCounted = 10_000;

/**
 * The state of forwarding.
 * @param minutes the period in which losses are counted
 */
export async function readForwardingState(
  db: Pick<Database, "execute">,
  minutes: number,
): Promise<ForwardingState> {
  const [row] = await db.execute<ForwardingState>(sql`
    select count(*)::int as targets, (count(*) filter (where not t.is_enabled))::int as paused,
      (count(*) filter (where t.is_enabled and t.failures >= ${breakerFailures}))::int as down,
      coalesce(sum(${countBehind(mostCounted)}), 0)::int
        + (select count(*) from (select from ${forwardingPending} limit ${mostCounted}) as waiting)::int as waiting,
      (select count(*)::int from ${forwardingDeliveries} d where d.outcome = 'given-up'
        and d.attempted_at > now() - make_interval(mins => ${minutes})) as "givenUp"
    from ${forwardingTargets} t
  `);
  if (!row) throw new Error("read-forwarding-state returned no row");
  return row;
}
