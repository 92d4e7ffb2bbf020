import { eq, getTableColumns } from "drizzle-orm";
import { db } from "@/db/client";
import { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";

const {
  receivedAt: _,
  answer: __,
  tookMs: _t,
  repeats: _r,
  repeatedAt: _a,
  isFetched: _f,
  recordedIn: _i,
  ...lastingEvent
} = getTableColumns(events);
const { alertedAt: ___, checkedAt: ____, documentedVersion: _d, ...liveCall } = getTableColumns(calls);

/**
 * Every row a call has, in one comparable value. Left out is only what tells of the delivery rather than of the
 * call: when an event was received, in which transaction and how often, how long its answer took, and when we ourselves took notice.
 */
export async function readFacts(callId: string) {
  const [call, eventRows, lineRows, markRows, toolCallRows, report] = await Promise.all([
    db.select(liveCall).from(calls).where(eq(calls.id, callId)),
    db.select(lastingEvent).from(events).where(eq(events.callId, callId)).orderBy(events.key),
    db.select().from(lines).where(eq(lines.callId, callId)).orderBy(lines.key),
    db.select().from(marks).where(eq(marks.callId, callId)).orderBy(marks.key),
    db.select().from(toolCalls).where(eq(toolCalls.callId, callId)).orderBy(toolCalls.id),
    db.select().from(reports).where(eq(reports.callId, callId)),
  ]);
  const asked = toolCallRows.map(({ answeredAt, ...toolCall }) => ({
    ...toolCall,
    isAnswered: answeredAt !== null,
  }));
  return { call, events: eventRows, lines: lineRows, marks: markRows, toolCalls: asked, report };
}
