import "server-only";
import { and, eq, lt, ne, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { alertChanges } from "@/db/schema/alerts";
import { forwardingDeliveries, forwardingReplays, forwardingTargets } from "@/db/schema/forwarding";
import type { DeliveryFilter, ForwardingDelivery } from "@/lib/forwarding/target";

/** The delivery log, newest first. @param targetId of this target only */
export async function listDeliveries(
  db: Pick<Database, "select">,
  { outcome, before, limit }: DeliveryFilter,
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
        // Said as the partial index says it, so that it is used.
        outcome === undefined || outcome === "delivered" ? undefined : ne(came, sql`'delivered'`),
        before === undefined ? undefined : lt(id, before),
      ),
    )
    .orderBy(targetId === undefined ? sql`${id} desc` : newestFirst(id))
    .limit(limit);
  return rows.map(({ row, target }) => ({ ...row, target, attemptedAt: row.attemptedAt.toISOString() }));
}

/** Writes one attempt that belongs to no item: a test. */
export async function insertDelivery(
  db: Pick<Database, "insert">,
  delivery: typeof forwardingDeliveries.$inferInsert,
): Promise<void> {
  await db.insert(forwardingDeliveries).values(delivery);
}

/** Forgets what was delivered a week ago, what was not a month ago, and changes of alerts that no span could want any more. */
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
