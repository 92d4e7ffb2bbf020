import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, eq, gt, ilike, inArray, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { measuresAsJson } from "@/db/queries/analytics/figures";
import { readHangSigns, toSourceLines } from "@/db/queries/calls/lines";
import { shownColumns, toCall, toMark, toPartials, toToolCall } from "@/db/queries/calls/rows";
import { listActions } from "@/db/queries/control";
import { findContextAt } from "@/db/queries/conversations/read";
import { toReport } from "@/db/queries/reports/rows";
import { readSetting } from "@/db/queries/settings";
import { newestFirst } from "@/db/rows";
import { callFigures } from "@/db/schema/analytics";
import { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { recordingCopies, reports } from "@/db/schema/reports";
import { callHangs } from "@/lib/alerts/episodes";
import { findReplyPercentile, type Measures } from "@/lib/analytics/figures";
import { type Call, lingerMs, liveStatuses, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { toKnownNumber } from "@/lib/calls/known-number";
import type { CallerHistory, CallFilter } from "@/lib/calls/list";
import { mergeLines } from "@/lib/calls/merge-lines";
import type { Mark } from "@/lib/calls/parts";
import type { Pulse } from "@/lib/calls/pulse";
import { recentSpeechMs, toRecentSpeech } from "@/lib/calls/recent-speech";
import { describeRecording } from "@/lib/calls/report";
import { toTurns } from "@/lib/calls/turns";
import { env } from "@/lib/env";
import { vapiKeySetting } from "@/lib/vapi/key";

/** Far more than any call has had. */
const mostAlerts = 200;

/** Everything a call page needs, or null when there is no such call. */
export async function getCallDetail(db: Database, callId: string): Promise<CallDetail | null> {
  // The call is read first, so that nothing its version covers is missing; the rest may already be newer.
  const [found] = await db
    .select()
    .from(calls)
    .innerJoin(conversations, eq(calls.conversationId, conversations.id))
    .where(eq(calls.id, callId));
  if (!found) return null;
  const [lineRows, markRows, toolCallRows, operatorActions, { alerts }, [report], [copy], key] =
    await Promise.all([
      db.select().from(lines).where(eq(lines.callId, callId)),
      db.select().from(marks).where(eq(marks.callId, callId)).orderBy(marks.at),
      db.select().from(toolCalls).where(eq(toolCalls.callId, callId)).orderBy(toolCalls.askedAt),
      listActions(db, callId),
      listAlerts(db, { callId, limit: mostAlerts }),
      db.select().from(reports).where(eq(reports.callId, callId)),
      db.select().from(recordingCopies).where(eq(recordingCopies.callId, callId)),
      readSetting(db, vapiKeySetting),
    ]);
  const allMarks = markRows.map(toMark);
  const sourceLines = toSourceLines({
    report: report ?? null,
    lines: lineRows,
    startedAt: found.calls.startedAt,
  });
  const signs = { marks: allMarks, lines: sourceLines };
  const call = toCall(found.calls, signs);
  const endedAt = whenEnded(call);
  const left =
    endedAt === null ? null : await findContextAt(db, found.calls.conversationId, new Date(endedAt));
  const isOver = endedAt !== null;
  const partials = report ? [] : toPartials(found.calls);
  const { id: uuid, name, context, version } = found.conversations;
  return {
    call,
    conversation: { uuid, name, context, version },
    lines: mergeLines(sourceLines, { marks: allMarks, partials }),
    heard: isOver ? [] : sourceLines,
    partials,
    marks: allMarks,
    hangs: callHangs(call, signs),
    toolCalls: toolCallRows.map(toToolCall),
    operatorActions,
    alerts,
    report: report ? toReport(report) : null,
    contextAtEnd: isDeepStrictEqual(left?.context, context) ? null : left,
    recording: describeRecording({
      isOver,
      hasStarted: call.startedAt !== null,
      endedReason: call.endedReason,
      report: report ? { hasRecording: Boolean(report.recordingUrl ?? report.stereoRecordingUrl) } : null,
      copy: copy ?? null,
      canAskVapi: env.VAPI_API_KEY !== undefined || key.sealed !== null,
    }),
  };
}

/** When the newest logged event arrived; null when there is none. */
export async function getLastReceipt(db: Pick<Database, "select">): Promise<Date | null> {
  const [newest] = await db
    .select({ at: events.receivedAt })
    .from(events)
    .where(eq(events.isFetched, false))
    .orderBy(newestFirst(events.receivedAt))
    .limit(1);
  return newest?.at ?? null;
}

interface Counted extends Record<string, unknown> {
  isLast: boolean;
  calls: number;
  hung: number;
  measures: Measures | null;
}

/** Figures of the 60 minutes before `now` and of the 60 before those. Hangs count while calls are still live. */
export async function getPulse(db: Database, now: Date): Promise<Pulse> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await db.execute<Counted>(sql`
    select "isLast", coalesce(c.calls, 0) as "calls", coalesce(c.hung, 0) as "hung", f.measures
    from (values (true), (false)) as hours("isLast")
    left join (
      select created_at >= ${at} - interval '1 hour' as last, count(*)::integer as calls,
        (count(*) filter (where hangs > 0 and exists (select from ${marks} m where m.call_id = ${calls.id} and m.kind = 'hang'
          and (m.at < coalesce(${calls.endedAt}, case when ${isLive} then null else ${calls.lastEventAt} end)) is not false
        )))::integer as hung
      from ${calls} where created_at > ${at} - interval '2 hours' and created_at <= ${at} group by 1
    ) c on c.last = "isLast"
    left join (
      select at >= ${at} - interval '1 hour' as last, ${measuresAsJson} as measures
      from ${callFigures} where at > ${at} - interval '2 hours' and at <= ${at} group by 1
    ) f on f.last = "isLast"
  `);
  const toHour = (counted: Counted | undefined): Pulse["hour"] => ({
    calls: counted?.calls ?? 0,
    hangRate: counted && counted.calls > 0 ? counted.hung / counted.calls : null,
    medianReplyMs: findReplyPercentile(counted?.measures?.replies ?? [], 0.5),
  });
  return {
    hour: toHour(rows.find(({ isLast }) => isLast)),
    before: toHour(rows.find(({ isLast }) => !isLast)),
  };
}

/** Limits of earlier calls shown and counted: the number of a test line can have very many. */
const mostShown = 10;
const mostCounted = 1_000;

/**
 * Earlier calls with the same customer number, or null when there is no such call. Both queries use the index `calls_customer`.
 */
export async function getCallerHistory(
  db: Pick<Database, "select">,
  callId: string,
): Promise<CallerHistory | null> {
  const [call] = await db
    .select({ number: calls.customerNumber, createdAt: calls.createdAt })
    .from(calls)
    .where(eq(calls.id, callId));
  if (!call) return null;
  const number = toKnownNumber(call.number);
  if (number === null) return { isKnown: false, count: 0, isExact: true, calls: [] };
  const isEarlier = and(eq(calls.customerNumber, number), lt(calls.createdAt, call.createdAt));
  const counted = db
    .select({ one: sql`1`.as("one") })
    .from(calls)
    .where(isEarlier)
    .limit(mostCounted + 1)
    .as("earlier");
  const [rows, [total]] = await Promise.all([
    db
      .select(shownColumns)
      .from(calls)
      .where(isEarlier)
      .orderBy(newestFirst(calls.createdAt))
      .limit(mostShown),
    db.select({ count: sql<number>`count(*)::int` }).from(counted),
  ]);
  const signsOf = await readHangSigns(db, rows);
  const count = total?.count ?? 0;
  return {
    isKnown: true,
    count: Math.min(count, mostCounted),
    isExact: count <= mostCounted,
    calls: rows.map((row) => toCall(row, signsOf(row.id))),
  };
}

export interface CallPage {
  calls: Call[];
  /** The start of the next page; null on the last. */
  nextCursor: string | null;
}

/**
 * Calls, newest first, in keyset pages, so that every page costs the same.
 * @param isMasked excludes masked data from the search
 */
export async function listCalls(
  db: Database,
  filter: CallFilter,
  { isMasked = false } = {},
): Promise<CallPage> {
  const rows = await db
    .select(shownColumns)
    .from(calls)
    .where(and(...conditions(filter, isMasked)))
    .orderBy(newestFirst(calls.createdAt), calls.id)
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const signsOf = await readHangSigns(db, page);
  const found = page.map((row) => toCall(row, signsOf(row.id)));
  return {
    calls: filter.state === "board" ? await withRecentSpeech(db, found) : found,
    nextCursor: rows.length > filter.limit && last ? `${last.createdAt.getTime()}_${last.id}` : null,
  };
}

/** Adds recent speech. Marks are read from slightly before the window, for speech that was under way at its start. */
async function withRecentSpeech(db: Database, page: readonly Call[]): Promise<Call[]> {
  if (page.length === 0) return [];
  const found = await db
    .select()
    .from(marks)
    .where(
      and(
        inArray(
          marks.callId,
          page.map(({ id }) => id),
        ),
        inArray(marks.kind, ["speech-started", "speech-stopped"]),
        gt(marks.at, new Date(Date.now() - 2 * recentSpeechMs)),
      ),
    );
  const byCall = new Map<string, Mark[]>(page.map(({ id }) => [id, []]));
  for (const row of found) byCall.get(row.callId)?.push(toMark(row));
  return page.map((call) => ({
    ...call,
    recentSpeech: toRecentSpeech(toTurns(byCall.get(call.id) ?? [], whenEnded(call))),
  }));
}

function conditions(
  { state, q, assistantId, conversationId, cursor }: CallFilter,
  isMasked: boolean,
): (SQL | undefined)[] {
  return [
    state === "live" ? isLive : undefined,
    state === "board" ? or(isLive, endedAfter(Date.now() - lingerMs - clockSlackMs)) : undefined,
    state === "ended" ? notInArray(calls.status, [...liveStatuses, "scheduled"]) : undefined,
    assistantId ? eq(calls.assistantId, assistantId) : undefined,
    conversationId ? eq(calls.conversationId, conversationId) : undefined,
    q ? matches(q, isMasked) : undefined,
    cursor ? startsAfter(cursor) : undefined,
  ];
}

const isLive = inArray(calls.status, [...liveStatuses]);

/** Call ends carry Vapi's time, and browsers compare them with their own clock. */
const clockSlackMs = 30_000;

function endedAfter(ms: number): SQL {
  return gt(calls.endedAt, new Date(ms));
}

function matches(q: string, isMasked: boolean): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const personal = [calls.customerNumber, calls.customerName, calls.phoneNumber, calls.lastLineText];
  const searched = [calls.assistantName, ...(isMasked ? [] : personal)];
  return or(eq(calls.id, q), ...searched.map((column) => ilike(column, pattern)));
}

function startsAfter({ createdAt, id }: NonNullable<CallFilter["cursor"]>): SQL | undefined {
  const at = sql.param(createdAt, calls.createdAt);
  return or(lt(calls.createdAt, createdAt), and(sql`${calls.createdAt} = ${at}`, sql`${calls.id} > ${id}`));
}
