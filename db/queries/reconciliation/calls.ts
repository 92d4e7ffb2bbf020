import "server-only";
import { and, asc, gte, inArray, isNotNull, lt, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";
import { reconciledCalls } from "@/db/schema/reconciliation";
import type { HourCoverage } from "@/lib/reconciliation/coverage";

export interface Reconciled {
  callId: string;
  createdAt: Date;
  /** Null: the comparison is complete. */
  nextAt: Date | null;
  isHeard: boolean;
  isReportHeard: boolean;
}

/** Stores the comparison of each call. A settled call stays settled, and a delivered one stays delivered. */
export async function saveReconciled(
  db: Pick<Database, "insert">,
  found: readonly Reconciled[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return;
  const unique = [...new Map(found.map((row) => [row.callId, row])).values()];
  const { settledAt, nextAt, isHeard, isReportHeard } = reconciledCalls;
  await db
    .insert(reconciledCalls)
    .values(unique.map((row) => ({ ...row, settledAt: row.nextAt === null ? now : null })))
    .onConflictDoUpdate({
      target: reconciledCalls.callId,
      set: {
        settledAt: sql`coalesce(${settledAt}, excluded.settled_at)`,
        nextAt: sql`case when ${settledAt} is null then excluded.next_at else ${nextAt} end`,
        isHeard: sql`${isHeard} or excluded.is_heard`,
        isReportHeard: sql`${isReportHeard} or excluded.is_report_heard`,
      },
    });
}

/** Calls to check again, most overdue first. */
export function listDueCalls(db: Pick<Database, "select">, now: Date, limit: number) {
  return db
    .select({ id: reconciledCalls.callId, createdAt: reconciledCalls.createdAt })
    .from(reconciledCalls)
    .where(and(isNotNull(reconciledCalls.nextAt), lte(reconciledCalls.nextAt, now)))
    .orderBy(asc(reconciledCalls.nextAt))
    .limit(limit);
}

/** Deletes calls that need no comparison after all: Vapi has none with this id, or the call was deleted here. */
export async function dropReconciled(db: Pick<Database, "delete">, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(reconciledCalls).where(inArray(reconciledCalls.callId, [...ids]));
}

/** Marks calls as delivered if their events arrived after having been fetched, and deletes old rows. */
export async function refreshReconciled(db: Pick<Database, "execute" | "delete">, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await db.execute(sql`
    update ${reconciledCalls} k set is_heard = true, is_report_heard = k.is_report_heard or e.has_report
    from (
      select call_id, bool_or(type = 'end-of-call-report') as has_report from ${events}
      where not is_fetched and call_id in (
        select call_id from ${reconciledCalls}
        where settled_at is not null and not (is_heard and is_report_heard) and created_at > ${at} - interval '2 days'
      ) group by call_id
    ) e
    where e.call_id = k.call_id and (not k.is_heard or e.has_report)
  `);
  await db
    .delete(reconciledCalls)
    .where(lt(reconciledCalls.createdAt, new Date(now.getTime() - 14 * 24 * 3_600_000)));
}

/** Ended calls by the hour (UTC) in which they were made, newest first: their number, and how many of them arrived. */
export async function readCoverage(db: Pick<Database, "select">, from: Date): Promise<HourCoverage[]> {
  const { createdAt, isHeard, isReportHeard, settledAt } = reconciledCalls;
  const hour = sql<string>`to_char(date_trunc('hour', ${createdAt} at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:00:00"Z"')`;
  return db
    .select({
      hour,
      calls: sql<number>`count(*)::int`,
      heard: sql<number>`(count(*) filter (where ${isHeard}))::int`,
      reports: sql<number>`(count(*) filter (where ${isReportHeard}))::int`,
    })
    .from(reconciledCalls)
    .where(and(isNotNull(settledAt), gte(createdAt, from)))
    .groupBy(sql`1`)
    .orderBy(sql`1 desc`);
}

/** The same for all calls settled since then, as one sum. */
export async function readRecentCoverage(
  db: Pick<Database, "select">,
  since: Date,
): Promise<Omit<HourCoverage, "hour">> {
  const { settledAt, isHeard, isReportHeard } = reconciledCalls;
  const [row] = await db
    .select({
      calls: sql<number>`count(*)::int`,
      heard: sql<number>`(count(*) filter (where ${isHeard}))::int`,
      reports: sql<number>`(count(*) filter (where ${isReportHeard}))::int`,
    })
    .from(reconciledCalls)
    .where(gte(settledAt, since));
  return row ?? { calls: 0, heard: 0, reports: 0 };
}
