import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { vapiConnections } from "@/db/schema/connect";
import { events } from "@/db/schema/events";
import { deletedCalls, reconciledCalls, reconciliation } from "@/db/schema/reconciliation";
import { callDocuments, reports } from "@/db/schema/reports";
import type { HourCoverage } from "@/lib/reconciliation/coverage";
import type { Evidence } from "@/lib/reconciliation/decide";

export type Reconciliation = typeof reconciliation.$inferSelect;

/** Deliveries of this long before the first one count as Earshot's business, and a day at most is caught up with. */
const slackMinutes = 15;

/** How far the comparison has come; null before it has begun. */
export async function readReconciliation(db: Pick<Database, "select">): Promise<Reconciliation | null> {
  const [row] = await db.select().from(reconciliation);
  return row ?? null;
}

/** The same, begun where it had not: with the first delivery that is in the log, a day ago at most. */
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

interface EvidenceRow extends Record<string, unknown> {
  id: string;
  conversationId: string | null;
  status: string | null;
  lastEventAt: string | null;
  endedAt: string | null;
  hasReport: boolean;
  isHeard: boolean;
  isReportHeard: boolean;
  isDeleted: boolean;
  isSettled: boolean;
}

const toDate = (value: string | null) => (value === null ? null : new Date(value));

/** What is here of each of these calls, and what of it was delivered rather than fetched. */
export async function readEvidence(
  db: Pick<Database, "execute">,
  ids: readonly string[],
): Promise<Map<string, Evidence>> {
  if (ids.length === 0) return new Map();
  // Chatty events leave no trace in the log: a call of which nothing was fetched has been delivered.
  const rows = await db.execute<EvidenceRow>(sql`
    select i.id, c.conversation_id as "conversationId", c.status, c.last_event_at as "lastEventAt", c.ended_at as "endedAt",
      r.call_id is not null as "hasReport",
      coalesce(e.delivered, false) or c.id is not null and not coalesce(e.fetched, false) as "isHeard",
      coalesce(e.report_delivered, false) or r.call_id is not null and not coalesce(e.report_fetched, false) as "isReportHeard",
      d.call_id is not null as "isDeleted", k.settled_at is not null as "isSettled"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as i(id)
      left join ${calls} c on c.id = i.id
      left join ${reports} r on r.call_id = i.id
      left join ${deletedCalls} d on d.call_id = i.id
      left join ${reconciledCalls} k on k.call_id = i.id
      left join lateral (
        select bool_or(not is_fetched) as delivered, bool_or(is_fetched) as fetched,
          bool_or(not is_fetched and type = 'end-of-call-report') as report_delivered,
          bool_or(is_fetched and type = 'end-of-call-report') as report_fetched
        from ${events} where call_id = i.id
      ) e on true
  `);
  return new Map(
    rows.map(({ id, conversationId, status, lastEventAt, endedAt, ...row }) => {
      const call =
        conversationId === null || status === null
          ? null
          : { conversationId, status, lastEventAt: toDate(lastEventAt), endedAt: toDate(endedAt) };
      return [id, { ...row, call }];
    }),
  );
}

/** A call of Vapi's list, as far as it says where its events go. */
export interface Origin {
  id: string;
  assistant: string | null;
  squad: string | null;
  number: string | null;
}

/**
 * Those of the calls whose events nobody has sent here: something is connected, but not their assistant, squad or number, and
 * nothing was delivered of the assistant within a week.
 */
export async function findForeignCalls(
  db: Pick<Database, "execute">,
  origins: readonly Origin[],
): Promise<Set<string>> {
  if (origins.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    select i.id from jsonb_to_recordset(${JSON.stringify(origins)}::jsonb) as i(id text, assistant text, squad text, number text)
    where i.assistant is not null and exists (select from ${vapiConnections})
      and not exists (
        select from ${vapiConnections} v where (v.kind, v.resource_id) in
          (('assistant', i.assistant), ('squad', i.squad), ('phone-number', i.number)))
      and not exists (
        select from ${callDocuments} d where d.assistant = i.assistant and d.created_at > now() - interval '7 days'
          and exists (select from ${events} e where e.call_id = d.call_id and not e.is_fetched))
  `);
  return new Set(rows.map(({ id }) => id));
}

export interface Reconciled {
  callId: string;
  createdAt: Date;
  /** Null: it is settled. */
  nextAt: Date | null;
  isHeard: boolean;
  isReportHeard: boolean;
}

/** Keeps what was found of each call. One that is settled stays so, and what was heard once stays heard. */
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

/** Calls that are to be looked at again, the longest due first. */
export function listDueCalls(db: Pick<Database, "select">, now: Date, limit: number) {
  return db
    .select({ id: reconciledCalls.callId, createdAt: reconciledCalls.createdAt })
    .from(reconciledCalls)
    .where(and(isNotNull(reconciledCalls.nextAt), lte(reconciledCalls.nextAt, now)))
    .orderBy(asc(reconciledCalls.nextAt))
    .limit(limit);
}

/** Forgets calls that are not to be compared after all: Vapi has none of this id, or somebody has deleted it. */
export async function dropReconciled(db: Pick<Database, "delete">, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(reconciledCalls).where(inArray(reconciledCalls.callId, [...ids]));
}

/** Counts as heard what was delivered after it had been fetched, and forgets calls of long ago. */
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

/** Calls that are over, by the hour (UTC) they were made in, newest first: how many, and how many of them were heard. */
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

/** The same of calls that were settled since, in one. */
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

/** Whether any event was ever delivered: before that, Setup says what is missing. */
export async function hasDeliveries(db: Pick<Database, "select">): Promise<boolean> {
  const found = await db.select({ key: events.key }).from(events).where(eq(events.isFetched, false)).limit(1);
  return found.length > 0;
}

/** Notes since when too little arrives; false where that is known. */
export async function openGap(db: Pick<Database, "update">, since: Date): Promise<boolean> {
  const opened = await db
    .update(reconciliation)
    .set({ gapSince: since })
    .where(isNull(reconciliation.gapSince))
    .returning({ id: reconciliation.id });
  return opened.length > 0;
}

/** Notes that enough arrives again; since when it had not, or null where it did. */
export async function closeGap(db: Pick<Database, "execute">): Promise<Date | null> {
  const [closed] = await db.execute<{ since: string }>(sql`
    update ${reconciliation} r set gap_since = null from (select gap_since from ${reconciliation} for update) was
    where r.gap_since is not null returning was.gap_since as since
  `);
  return closed ? new Date(closed.since) : null;
}
