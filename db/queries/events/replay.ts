import "server-only";
import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { exactColumns, fromRecord } from "@/db/rows";
import { type CallRow, calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";
import { parseJson } from "@/lib/lossless-json";

interface Found {
  /** The row as JSON text, whose integers beyond 2^53 the driver would read as text. */
  event: string;
  call: Record<string, unknown> | null;
  hasReport: boolean;
  lineKeys: string[];
}

export interface Replayable {
  event: typeof events.$inferSelect;
  /** The event's call; for an event without one, its conversation's latest call at the time; null if there is none. */
  call: { id: string; createdAt: Date } | null;
  hasReport: boolean;
  /** The keys of the call's lines. */
  lineKeys: ReadonlySet<string>;
}

/**
 * Reads an event with its call's state and locks it until the transaction ends: of two concurrent replays the second sees the
 * first one's result. Null when there is no such event.
 */
export async function findReplayable(
  client: Pick<Database["$client"], "unsafe">,
  key: string,
): Promise<Replayable | null> {
  // Conversations are locked before events, as everywhere (record-events.ts), but not their keys: a recording statement that
  // holds a call checks its conversation's key last, and would deadlock with a replay waiting for the call.
  await client.unsafe(
    `select from conversations where id = (select conversation_id from events where key = $1) for no key update`,
    [key],
  );
  await client.unsafe("select from events where key = $1 for no key update", [key]);
  // Calls are locked after events: another replay of this call's events waits here before reading its state.
  await client.unsafe(
    `select from calls where id = (select call_id from events where key = $1) for no key update`,
    [key],
  );
  const [found] = await client.unsafe<Found[]>(
    `select to_jsonb(e)::text as event, to_jsonb(c) as call,
       exists (select from reports r where r.call_id = c.id) as "hasReport",
       array(select l.key::text from lines l where l.call_id = c.id) as "lineKeys"
     from events e left join calls c on c.id = coalesce(e.call_id, (
       select o.id from calls o where o.conversation_id = e.conversation_id and o.created_at <= e.at
       order by o.created_at desc limit 1
     ))
     where e.key = $1`,
    [key],
  );
  if (!found) return null;
  const call = found.call && fromRecord(calls, found.call);
  return {
    // to_jsonb of a row is an object.
    event: fromRecord(events, parseJson(found.event) as Record<string, unknown>),
    call: call && { id: call.id, createdAt: call.createdAt },
    hasReport: found.hasReport,
    lineKeys: new Set(found.lineKeys),
  };
}

type Reader = Pick<Database, "select">;

/** Rows with the parts that the log leaves out of a call's events, their numbers as they came. */
export async function readLeftOut(db: Reader, call: CallRow) {
  const [lineRows, markRows, toolCallRows, [report]] = await Promise.all([
    db
      .select()
      .from(lines)
      .where(and(eq(lines.callId, call.id), eq(lines.source, "conversation"))),
    db
      .select()
      .from(marks)
      .where(and(eq(marks.callId, call.id), eq(marks.kind, "assistant-started"))),
    db.select(exactColumns(toolCalls)).from(toolCalls).where(eq(toolCalls.callId, call.id)),
    db.select(exactColumns(reports)).from(reports).where(eq(reports.callId, call.id)),
  ]);
  return { lines: lineRows, marks: markRows, toolCalls: toolCallRows, report: report ?? null };
}

export type LeftOut = Awaited<ReturnType<typeof readLeftOut>>;

/** A call's events in order, with the parts the log leaves out. */
export async function readCapture(db: Reader, call: CallRow) {
  const [eventRows, leftOut] = await Promise.all([
    readEvents(db, eq(events.callId, call.id)),
    readLeftOut(db, call),
  ]);
  return { call, events: eventRows, ...leftOut };
}

export type CapturedCall = Awaited<ReturnType<typeof readCapture>>;

/** A conversation's events without a call. */
export function readCallless(db: Reader, conversationId: string) {
  return readEvents(db, and(eq(events.conversationId, conversationId), isNull(events.callId)));
}

/** The calls that a capture of a call or conversation consists of, in order. */
export function listCapturedCalls(
  db: Reader,
  of: { callId: string } | { conversationId: string },
): Promise<CallRow[]> {
  const which = "callId" in of ? eq(calls.id, of.callId) : eq(calls.conversationId, of.conversationId);
  return db.select(exactColumns(calls)).from(calls).where(which).orderBy(asc(calls.createdAt), calls.id);
}

function readEvents(db: Reader, which: SQL | undefined) {
  const { key, type, at, message } = exactColumns(events);
  return db
    .select({ key, type, at, message })
    .from(events)
    .where(which)
    .orderBy(asc(events.at), asc(events.receivedAt), events.key);
}

/** Records that an event was processed and its call changed. `callId`: null for an event without one. */
export async function settleReplayed(
  client: Pick<Database["$client"], "unsafe">,
  key: string,
  callId: string | null,
): Promise<void> {
  await client.unsafe(
    `with event as (
       update events set outcome = 'recorded', issues = null, call_id = coalesce(call_id, $2) where key = $1
     )
     update calls set version = version + 1, documented_version = null, judged_version = null where id = $2`,
    [key, callId],
  );
}
