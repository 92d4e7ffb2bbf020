import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type AlertRow, alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";

export type FoundAlert = Pick<
  AlertRow,
  "id" | "callId" | "kind" | "since" | "openedAt" | "hangs" | "closedAt" | "outcome" | "callVersion"
>;

/**
 * Keeps what was derived, unless a later version of the call has said otherwise already. Returns the ids of those
 * nobody had noticed before: of several who notice at once, one is told so.
 */
export async function saveAlerts(
  db: Pick<Database, "insert" | "select" | "update">,
  found: readonly FoundAlert[],
): Promise<string[]> {
  const saved = await db
    .insert(alerts)
    .values([...found])
    .onConflictDoUpdate({
      target: alerts.id,
      set: {
        kind: sql`excluded.kind`,
        since: sql`excluded.since`,
        openedAt: sql`excluded.opened_at`,
        hangs: sql`excluded.hangs`,
        closedAt: sql`excluded.closed_at`,
        outcome: sql`excluded.outcome`,
        callVersion: sql`excluded.call_version`,
      },
      setWhere: sql`excluded.call_version >= ${alerts.callVersion}`,
    })
    .returning({ id: alerts.id, callId: alerts.callId, isNew: sql<boolean>`xmax = 0` });
  const fresh = saved.filter(({ isNew }) => isNew);
  if (fresh.length > 0) await noteNoticed(db, [...new Set(fresh.map(({ callId }) => callId))]);
  return fresh.map(({ id }) => id);
}

/** From now on each event of these calls is looked at for what it does to their alerts. */
async function noteNoticed(db: Pick<Database, "select" | "update">, callIds: string[]): Promise<void> {
  // In the order that recording locks them, so that neither waits for the other in a circle.
  await db
    .select({ id: calls.id })
    .from(calls)
    .where(inArray(calls.id, callIds))
    .orderBy(calls.id)
    .for("no key update");
  await db
    .update(calls)
    .set({ alertedAt: sql`greatest(${calls.alertedAt}, now())` })
    .where(inArray(calls.id, callIds));
}
