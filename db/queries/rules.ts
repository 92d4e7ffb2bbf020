import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isSilentFor } from "@/db/queries/alerts/read";
import { toSourceLines } from "@/db/queries/calls/lines";
import { toCall, toMark, toSourceLine, toToolCall } from "@/db/queries/calls/rows";
import { newestFirst } from "@/db/rows";
import { alerts } from "@/db/schema/alerts";
import { type CallRow, calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { type AlertRuleRow, alertRuleFirings, alertRules } from "@/db/schema/rules";
import { isOver, liveStatuses } from "@/lib/calls/call";
import type { SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import type { CallRecord } from "@/lib/rules/facts";
import { type NewRule, ruleSchema, type StoredRule } from "@/lib/rules/rule";

type Reader = Pick<Database, "select">;
export type FiringRow = typeof alertRuleFirings.$inferSelect;

/** How far back firings are counted and back-tests look. */
export const historyDays = 30;

/** All rules by name, with their numbers of firings. */
export async function listRules(db: Reader): Promise<StoredRule[]> {
  const counted = db
    .select({
      ruleId: alertRuleFirings.ruleId,
      firings: sql<number>`count(*)::integer`.as("firings"),
      lastFiredAt: sql<string | null>`max(${alertRuleFirings.at})`.as("last_fired_at"),
    })
    .from(alertRuleFirings)
    .where(gt(alertRuleFirings.at, sql`now() - make_interval(days => ${historyDays})`))
    .groupBy(alertRuleFirings.ruleId)
    .as("counted");
  const rows = await db
    .select({ rule: alertRules, firings: counted.firings, lastFiredAt: counted.lastFiredAt })
    .from(alertRules)
    .leftJoin(counted, eq(counted.ruleId, alertRules.id))
    .orderBy(asc(sql`lower(${alertRules.name})`), asc(alertRules.id));
  return rows.flatMap(({ rule, firings, lastFiredAt }) => {
    const stored = toRule(rule);
    const fired = lastFiredAt === null ? null : new Date(lastFiredAt).toISOString();
    return stored ? [{ ...stored, firings: firings ?? 0, lastFiredAt: fired }] : [];
  });
}

/** The rules in force. */
export async function listEnabledRules(db: Reader): Promise<StoredRule[]> {
  const rows = await db
    .select()
    .from(alertRules)
    .where(eq(alertRules.enabled, true))
    .orderBy(asc(alertRules.createdAt));
  return rows.flatMap((row) => toRule(row) ?? []);
}

/** @param isLocked locks it until the transaction ends */
export async function findRule(db: Reader, id: string, isLocked = false): Promise<StoredRule | null> {
  const query = db.select().from(alertRules).where(eq(alertRules.id, id));
  const [row] = isLocked ? await query.for("update") : await query;
  return row ? toRule(row) : null;
}

export async function countRules(db: Pick<Database, "$count">): Promise<number> {
  return db.$count(alertRules);
}

export async function insertRule(db: Pick<Database, "insert">, rule: NewRule): Promise<StoredRule | null> {
  const [row] = await db.insert(alertRules).values(rule).returning();
  return row ? toRule(row) : null;
}

export async function updateRule(
  db: Pick<Database, "update">,
  id: string,
  change: Partial<Omit<AlertRuleRow, "id" | "createdAt">>,
): Promise<void> {
  await db.update(alertRules).set(change).where(eq(alertRules.id, id));
}

/** The deleted rule's name, or null. */
export async function removeRule(db: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [row] = await db.delete(alertRules).where(eq(alertRules.id, id)).returning({ name: alertRules.name });
  return row?.name ?? null;
}

/** Null for a rule written by another version of Earshot that this one cannot read. */
function toRule(row: AlertRuleRow): StoredRule | null {
  const { name, enabled, severity, scope, when, do: actions } = row;
  const read = ruleSchema.safeParse({ name, enabled, severity, scope, when, do: actions });
  if (!read.success) return null;
  return {
    ...read.data,
    id: row.id,
    liveActions: row.liveActions,
    testedAt: row.testedAt?.toISOString() ?? null,
    activeSince: row.activeSince.toISOString(),
    createdAt: row.createdAt.toISOString(),
    firings: 0,
    lastFiredAt: null,
  };
}

/** A call in the form that rules read, with its row. */
export interface ReadCall {
  row: CallRow;
  record: CallRecord;
  /** The lines of all sources, before they are merged. */
  said: readonly SourceLine[];
}

/** Reads all data that rules use, in the same way for live and for past calls. */
export async function readCallRecords(db: Reader, callIds: readonly string[]): Promise<ReadCall[]> {
  if (callIds.length === 0) return [];
  const ids = [...callIds];
  // The calls are read first, so that nothing belonging to the version read is missing.
  const callRows = await db.select().from(calls).where(inArray(calls.id, ids));
  const [lineRows, markRows, toolRows, reportRows] = await Promise.all([
    db.select().from(lines).where(inArray(lines.callId, ids)),
    db.select().from(marks).where(inArray(marks.callId, ids)),
    db.select().from(toolCalls).where(inArray(toolCalls.callId, ids)),
    db
      .select({ callId: reports.callId, messages: reports.messages })
      .from(reports)
      .where(inArray(reports.callId, ids)),
  ]);
  const [linesOf, marksOf, toolsOf] = [byCall(lineRows), byCall(markRows), byCall(toolRows)];
  const reportOf = new Map(reportRows.map((row) => [row.callId, row]));
  return callRows.map((row) => {
    const own = linesOf.get(row.id) ?? [];
    const ownMarks = (marksOf.get(row.id) ?? []).map(toMark);
    const report = reportOf.get(row.id) ?? null;
    const endedAt = row.endedAt ?? (isOver(row.status) ? row.lastEventAt : null);
    const said = toSourceLines({ report, lines: own, startedAt: row.startedAt });
    const finals = own
      .filter(({ source }) => source === "transcript")
      .map((line) => toSourceLine(line, null));
    return {
      row,
      said,
      record: {
        call: toCall(row, { marks: ownMarks, lines: finals }),
        lines: mergeLines(said, { marks: ownMarks, partials: [] }),
        marks: ownMarks,
        toolCalls: (toolsOf.get(row.id) ?? []).map(toToolCall),
        heard: {
          marks: ownMarks,
          lines: finals,
          assistantSpokeAt: row.assistantSpokeAt?.toISOString() ?? null,
          startedAt: row.startedAt?.toISOString() ?? null,
          endedAt: endedAt?.toISOString() ?? null,
        },
        lastEventAt: row.lastEventAt.toISOString(),
      },
    };
  });
}

function byCall<Row extends { callId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.callId);
    if (own) own.push(row);
    else found.set(row.callId, [row]);
  }
  return found;
}

/** The newest calls of the last 30 days, ids and times only, starting after `before`. */
export async function listPastCalls(
  db: Reader,
  before: { createdAt: Date; id: string } | null,
  limit: number,
): Promise<{ id: string; createdAt: Date }[]> {
  const at = before && sql.param(before.createdAt, calls.createdAt);
  return db
    .select({ id: calls.id, createdAt: calls.createdAt })
    .from(calls)
    .where(
      and(
        gte(calls.createdAt, sql`now() - make_interval(days => ${historyDays})`),
        before
          ? or(
              lt(calls.createdAt, before.createdAt),
              and(sql`${calls.createdAt} = ${at}`, sql`${calls.id} > ${before.id}`),
            )
          : undefined,
      ),
    )
    .orderBy(newestFirst(calls.createdAt), calls.id)
    .limit(limit);
}

/** The firings of these calls so far, in order. */
export function listFirings(db: Reader, callIds: readonly string[]): Promise<FiringRow[]> {
  return db
    .select()
    .from(alertRuleFirings)
    .where(inArray(alertRuleFirings.callId, [...callIds]))
    .orderBy(asc(alertRuleFirings.at), asc(alertRuleFirings.id));
}

/** Saves firings. Returns the ids of the new ones: of several concurrent processes, only one gets each. */
export async function insertFirings(
  db: Pick<Database, "insert">,
  firings: readonly (typeof alertRuleFirings.$inferInsert)[],
): Promise<string[]> {
  if (firings.length === 0) return [];
  const kept = await db
    .insert(alertRuleFirings)
    .values([...firings])
    .onConflictDoNothing()
    .returning({ id: alertRuleFirings.id });
  return kept.map(({ id }) => id);
}

/** Records that the condition ended, or never held after all. */
export async function setFiringEnd(
  db: Pick<Database, "update">,
  id: string,
  until: Date | null,
): Promise<void> {
  await db.update(alertRuleFirings).set({ until }).where(eq(alertRuleFirings.id, id));
}

/**
 * Longer than adding a tag or sending a command to Vapi takes: a firing still due after this was left by a process that
 * died.
 */
const graceSeconds = 20;
/** A line spoken later than this no longer answers what the caller said. */
const tooLateSeconds = 120;

/** Firings with actions left to perform. `isLate`: only tags may still be added. */
export async function listDueFirings(db: Reader): Promise<{ firing: FiringRow; isLate: boolean }[]> {
  return db
    .select({
      firing: alertRuleFirings,
      isLate: sql<boolean>`${alertRuleFirings.createdAt} < now() - make_interval(secs => ${tooLateSeconds})`,
    })
    .from(alertRuleFirings)
    .where(
      and(
        alertRuleFirings.isDue,
        lt(alertRuleFirings.createdAt, sql`now() - make_interval(secs => ${graceSeconds})`),
      ),
    )
    .orderBy(desc(alertRuleFirings.createdAt))
    .limit(100);
}

export async function settleFiring(db: Pick<Database, "update">, id: string): Promise<void> {
  await db.update(alertRuleFirings).set({ isDue: false }).where(eq(alertRuleFirings.id, id));
}

/** The rules' conditions that time alone can make true, in seconds. */
interface ClockConditions {
  lengths: readonly number[];
  shortestSilence: number | null;
}

/** A call that has just become long enough is found by several ticks in a row, in case one is missed. */
const lengthWindowSeconds = 600;

/**
 * Live calls in which time alone may fire a rule at `now` or end a firing: silent ones, those that have just become long
 * enough, and those with an open rule alert. A superset, found by columns alone.
 */
export async function findCallsForRules(
  db: Reader,
  { lengths, shortestSilence }: ClockConditions,
  now: Date,
): Promise<string[]> {
  const firesByTime: (SQL | undefined)[] = lengths.map((seconds) => {
    const latest = now.getTime() - seconds * 1_000;
    return and(
      lte(calls.startedAt, new Date(latest)),
      gt(calls.startedAt, new Date(latest - lengthWindowSeconds * 1_000)),
    );
  });
  const open = db
    .select({ id: alerts.callId })
    .from(alerts)
    .where(and(eq(alerts.kind, "rule"), isNull(alerts.closedAt)));
  const found = await db
    .select({ id: calls.id })
    .from(calls)
    .where(
      and(
        inArray(calls.status, [...liveStatuses]),
        or(...firesByTime, isSilentFor(shortestSilence, now), inArray(calls.id, open)),
      ),
    );
  return found.map(({ id }) => id);
}
