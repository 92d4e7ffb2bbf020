import "server-only";
import { eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";
import { reconciliation } from "@/db/schema/reconciliation";

export type Reconciliation = typeof reconciliation.$inferSelect;

/** Calls up to this long before the first event are included; at most a day is caught up on. */
const slackMinutes = 15;

/** The progress of the comparison; null before it began. */
export async function readReconciliation(db: Pick<Database, "select">): Promise<Reconciliation | null> {
  const [row] = await db.select().from(reconciliation);
  return row ?? null;
}

/** Returns the progress of the comparison and begins it if necessary: at the first logged event, at most a day ago. */
export async function beginReconciliation(
  db: Pick<Database, "select" | "insert">,
  now: Date,
): Promise<Reconciliation> {
  const known = await readReconciliation(db);
  if (known) return known;
  const at = sql`${now.toISOString()}::timestamptz`;
  const since = sql`least(${at}, greatest(${at} - interval '1 day',
    coalesce((select min(received_at) from ${events} where not is_fetched), ${at})
      - make_interval(mins => ${slackMinutes})))`;
  await db.insert(reconciliation).values({ since, doneUntil: since }).onConflictDoNothing();
  const begun = await readReconciliation(db);
  if (!begun) throw new Error("the reconciliation's row is gone");
  return begun;
}

export async function saveReconciliation(
  db: Pick<Database, "update">,
  row: Partial<Omit<Reconciliation, "id">>,
): Promise<void> {
  await db.update(reconciliation).set(row);
}

/** Whether any event was ever delivered; until then, Setup says what is missing. */
export async function hasDeliveries(db: Pick<Database, "select">): Promise<boolean> {
  const found = await db.select({ key: events.key }).from(events).where(eq(events.isFetched, false)).limit(1);
  return found.length > 0;
}

/** Records the start of a gap. Returns false if one is already open. */
export async function openGap(db: Pick<Database, "update">, since: Date): Promise<boolean> {
  const opened = await db
    .update(reconciliation)
    .set({ gapSince: since })
    .where(isNull(reconciliation.gapSince))
    .returning({ id: reconciliation.id });
  return opened.length > 0;
}

/** Records the end of a gap. Returns its start, or null if none was open. */
export async function closeGap(db: Pick<Database, "execute">): Promise<Date | null> {
  const [closed] = await db.execute<{ since: string }>(sql`
    update ${reconciliation} r set gap_since = null from (select gap_since from ${reconciliation} for update) was
    where r.gap_since is not null returning was.gap_since as since
  `);
  return closed ? new Date(closed.since) : null;
}
