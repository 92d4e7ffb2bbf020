import { getTableColumns, inArray } from "drizzle-orm";
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
const {
  alertedAt: ___,
  checkedAt: ____,
  documentedVersion: _d,
  judgedVersion: _j,
  ...liveCall
} = getTableColumns(calls);

/**
 * Reads every row of a call into one comparable value. Leaves out only facts of the delivery rather than the call: when
 * an event was received, in which transaction and how often, how long the response took, and when we processed it.
 */
export async function readFacts(callId: string) {
  const [facts] = await readFactsOf([callId]);
  if (!facts) throw new Error("One call was asked for, and none read.");
  return facts;
}

/** The same for many calls, in order, with the queries of one. */
export async function readFactsOf(callIds: string[]) {
  const [callRows, eventRows, lineRows, markRows, toolCallRows, reportRows] = await Promise.all([
    db.select(liveCall).from(calls).where(inArray(calls.id, callIds)),
    db.select(lastingEvent).from(events).where(inArray(events.callId, callIds)).orderBy(events.key),
    db.select().from(lines).where(inArray(lines.callId, callIds)).orderBy(lines.key),
    db.select().from(marks).where(inArray(marks.callId, callIds)).orderBy(marks.key),
    db.select().from(toolCalls).where(inArray(toolCalls.callId, callIds)).orderBy(toolCalls.id),
    db.select().from(reports).where(inArray(reports.callId, callIds)),
  ]);
  const asked = toolCallRows.map(({ answeredAt, ...toolCall }) => ({
    ...toolCall,
    isAnswered: answeredAt !== null,
  }));
  return callIds.map((callId) => {
    const ofCall = (row: { callId: string | null }) => row.callId === callId;
    return {
      call: callRows.filter(({ id }) => id === callId),
      events: eventRows.filter(ofCall),
      lines: lineRows.filter(ofCall),
      marks: markRows.filter(ofCall),
      toolCalls: asked.filter(ofCall),
      report: reportRows.filter(ofCall),
    };
  });
}
