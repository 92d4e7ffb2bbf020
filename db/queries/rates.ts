import "server-only";
import { and, desc, eq, gte, inArray, isNotNull, lt, min, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toScope } from "@/db/queries/incidents/signals";
import { oldestFirst } from "@/db/rows";
import { alerts } from "@/db/schema/alerts";
import { callFigures, rateDays, rateQuarters } from "@/db/schema/analytics";
import { calls, toolCalls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { routedRequests } from "@/db/schema/routing";
import { type EndedCall, type Happened, quarterMs, type SeriesCount } from "@/lib/rates/series";
import type { Totals } from "@/lib/rates/usual";

type Reader = Pick<Database, "select" | "selectDistinct" | "selectDistinctOn">;

const scopeColumns = {
  assistantId: calls.assistantId,
  assistantName: calls.assistantName,
  assistantVersion: calls.assistantVersion,
  phoneNumber: calls.phoneNumber,
};

const scopeOf = (columns: typeof scopeColumns) => Object.values(columns);

/** Limit of calls read at once; they stand for the rest. */
const mostCalls = 20_000;

/** Reads the calls, alerts and routing response times of a span. */
export async function readHappened(db: Reader, from: Date, until: Date): Promise<Happened> {
  const [begun, ended, alerted, answered] = await Promise.all([
    db
      .select({ ...scopeColumns, count: sql<number>`count(*)::int` })
      .from(calls)
      .where(and(gte(calls.createdAt, from), lt(calls.createdAt, until)))
      .groupBy(...scopeOf(scopeColumns)),
    readEnded(db, from, until),
    db
      .selectDistinctOn([calls.id], scopeColumns)
      .from(alerts)
      .innerJoin(calls, eq(calls.id, alerts.callId))
      .where(
        and(
          ne(alerts.kind, "rule"),
          ne(alerts.outcome, "withdrawn"),
          gte(alerts.openedAt, from),
          lt(alerts.openedAt, until),
        ),
      ),
    db
      .select({ ms: routedRequests.answeredMs })
      .from(routedRequests)
      .where(and(gte(routedRequests.arrivedAt, from), lt(routedRequests.arrivedAt, until)))
      .limit(mostCalls),
  ]);
  return {
    begun: begun.map(({ count, ...scope }) => ({ causes: toScope(scope), count })),
    ended,
    alerts: alerted.map((scope) => ({ causes: toScope(scope) })),
    answered: answered.map(({ ms }) => ms),
  };
}

async function readEnded(db: Reader, from: Date, until: Date): Promise<EndedCall[]> {
  const tools = sql<EndedCall["tools"] | null>`(
    select jsonb_agg(jsonb_build_object(
      'name', ${toolCalls.name}, 'hasFailed', ${toolCalls.error} is not null,
      'ms', extract(epoch from ${toolCalls.answeredAt} - ${toolCalls.askedAt}) * 1000))
    from ${toolCalls} where ${toolCalls.callId} = ${calls.id})`;
  const rows = await db
    .select({
      ...scopeColumns,
      endedReason: calls.endedReason,
      costUsd: sql<number | null>`case when ${callFigures.costed} > 0 then ${callFigures.costUsd} end`,
      replies: callFigures.replies,
      billed: reports.costs,
      turns: sql<EndedCall["turns"] | null>`${reports.latency} -> 'turns'`,
      tools,
    })
    .from(calls)
    .leftJoin(callFigures, eq(callFigures.callId, calls.id))
    .leftJoin(reports, eq(reports.callId, calls.id))
    .where(and(gte(calls.endedAt, from), lt(calls.endedAt, until)))
    .limit(mostCalls);
  return rows.map(({ endedReason, costUsd, replies, billed, turns, tools: used, ...scope }) => ({
    causes: toScope(scope),
    endedReason,
    costUsd,
    replies: replies ?? [],
    billed: billed ?? [],
    turns: turns ?? [],
    tools: used ?? [],
  }));
}

/** When the latest call since then began, for each combination of assistant, version and number. */
export async function readLastBegun(db: Reader, since: Date) {
  const rows = await db
    .select({ ...scopeColumns, at: sql<string>`max(${calls.createdAt})` })
    .from(calls)
    .where(gte(calls.createdAt, since))
    .groupBy(...scopeOf(scopeColumns));
  return rows.map(({ at, ...scope }) => ({ causes: toScope(scope), at: new Date(at) }));
}

/** Replaces the stored counts of a quarter of an hour. */
export async function saveQuarter(db: Database, at: Date, counts: readonly SeriesCount[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(rateQuarters).where(eq(rateQuarters.at, at));
    for (let from = 0; from < counts.length; from += 500) {
      await tx
        .insert(rateQuarters)
        .values(counts.slice(from, from + 500).map((count) => ({ at, ...count })))
        .onConflictDoNothing();
    }
  });
}

/** The time of the oldest call; null without calls. */
export async function findFirstCall(db: Reader): Promise<Date | null> {
  const [first] = await db
    .select({ at: calls.createdAt })
    .from(calls)
    .orderBy(oldestFirst(calls.createdAt))
    .limit(1);
  return first?.at ?? null;
}

export async function findFirstQuarter(db: Reader): Promise<Date | null> {
  const [first] = await db.select({ at: min(rateQuarters.at) }).from(rateQuarters);
  return first?.at ?? null;
}

/** The counts of each UTC day since then. */
export function listDays(db: Reader, since: Date) {
  return db
    .select()
    .from(rateDays)
    .where(gte(rateDays.day, since.toISOString().slice(0, 10)));
}

/** The summed counts of the hours that begin at these times, each given once. In some zones hours begin at half past. */
export async function sumHours(
  db: Pick<Database, "execute">,
  begins: readonly Date[],
): Promise<(Totals & { begins: Date })[]> {
  const quarters = begins.flatMap((hour) =>
    [0, 1, 2, 3].map((n) => ({ at: new Date(hour.getTime() + n * quarterMs), begins: hour })),
  );
  const rows = await db.execute<Totals & { begins: string }>(sql`
    select wanted.begins, q.kind, q.value, sum(q.begun)::int as begun, sum(q.ended)::int as ended, sum(q.failures)::int as failures,
      sum(q.alerts)::int as alerts, sum(q.tools)::int as tools
    from jsonb_to_recordset(${JSON.stringify(quarters)}::jsonb) as wanted(at timestamptz, begins timestamptz)
    join ${rateQuarters} q on q.at = wanted.at
    group by wanted.begins, q.kind, q.value
  `);
  return rows.map(({ begins: hour, ...totals }) => ({ ...totals, begins: new Date(hour) }));
}

/** All stored counts of these quarters of an hour. */
export async function readQuarters(db: Reader, quarters: readonly Date[]) {
  if (quarters.length === 0) return [];
  return db
    .select()
    .from(rateQuarters)
    .where(inArray(rateQuarters.at, [...quarters]));
}

/** The counts of each provider in each part of a call, by quarter. */
export function readParts(db: Reader, since: Date) {
  return db
    .select({
      at: rateQuarters.at,
      value: rateQuarters.value,
      ended: rateQuarters.ended,
      failures: rateQuarters.failures,
      p95Ms: rateQuarters.p95Ms,
    })
    .from(rateQuarters)
    .where(and(gte(rateQuarters.at, since), eq(rateQuarters.kind, "part")));
}

/** The number of failed calls since then by end reason. */
export function sumReasons(db: Reader, since: Date): Promise<{ code: string; calls: number }[]> {
  return db
    .select({ code: rateQuarters.value, calls: sql<number>`sum(${rateQuarters.failures})::int` })
    .from(rateQuarters)
    .where(and(gte(rateQuarters.at, since), eq(rateQuarters.kind, "end-reason")))
    .groupBy(rateQuarters.value);
}

/** Names of assistants, keyed as in the figures (id, else name): from the latest call of each one's latest version. */
export async function readAssistantNames(
  db: Reader,
  assistants: readonly string[],
): Promise<Map<string, string>> {
  const { assistant, assistantName, version, at } = callFigures;
  const found = await Promise.all(
    assistants.map((id) =>
      db
        .select({ name: assistantName })
        .from(callFigures)
        .where(and(eq(assistant, id), isNotNull(assistantName)))
        // Reads the index of versions backwards.
        .orderBy(desc(version), desc(at))
        .limit(1),
    ),
  );
  return new Map(
    assistants.flatMap((id, index) => {
      const name = found[index]?.[0]?.name;
      return name ? [[id, name] as const] : [];
    }),
  );
}

/** Deletes older quarters. */
export async function deleteOldQuarters(db: Pick<Database, "delete">, before: Date): Promise<void> {
  await db.delete(rateQuarters).where(lt(rateQuarters.at, before));
}
