import "server-only";
import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type CallRow, calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { reports } from "@/db/schema/reports";
import { toolCalls } from "@/db/schema/tool-calls";

type Reader = Pick<Database, "select">;

/** A call's events in their order, with the rows that hold what the log leaves out. */
export async function readCapture(db: Reader, call: CallRow) {
  const [eventRows, lineRows, markRows, toolCallRows, [report]] = await Promise.all([
    readEvents(db, eq(events.callId, call.id)),
    db
      .select()
      .from(lines)
      .where(and(eq(lines.callId, call.id), eq(lines.source, "conversation"))),
    db
      .select()
      .from(marks)
      .where(and(eq(marks.callId, call.id), eq(marks.kind, "assistant-started"))),
    db.select().from(toolCalls).where(eq(toolCalls.callId, call.id)),
    db.select().from(reports).where(eq(reports.callId, call.id)),
  ]);
  return {
    call,
    events: eventRows,
    lines: lineRows,
    marks: markRows,
    toolCalls: toolCallRows,
    report: report ?? null,
  };
}

export type CapturedCall = Awaited<ReturnType<typeof readCapture>>;

/** A conversation's events that belong to no call. */
export function readCallless(db: Reader, conversationId: string) {
  return readEvents(db, and(eq(events.conversationId, conversationId), isNull(events.callId)));
}

/** The calls a capture of a call or of a conversation is made of, in their order. */
export function listCapturedCalls(
  db: Reader,
  of: { callId: string } | { conversationId: string },
): Promise<CallRow[]> {
  const which = "callId" in of ? eq(calls.id, of.callId) : eq(calls.conversationId, of.conversationId);
  return db.select().from(calls).where(which).orderBy(asc(calls.createdAt), calls.id);
}

function readEvents(db: Reader, which: SQL | undefined) {
  return db
    .select({ key: events.key, type: events.type, at: events.at, message: events.message })
    .from(events)
    .where(which)
    .orderBy(asc(events.at), asc(events.receivedAt), events.key);
}
