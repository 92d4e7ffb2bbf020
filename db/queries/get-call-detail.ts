import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/list-alerts";
import { findContextAt } from "@/db/queries/conversations/find-context-at";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { recordingCopies } from "@/db/schema/recording-copies";
import { reports } from "@/db/schema/reports";
import { toolCalls } from "@/db/schema/tool-calls";
import { toCall, toPartials } from "@/db/to-call";
import { toHeardLines } from "@/db/to-lines";
import { toReport } from "@/db/to-report";
import { toMark, toToolCall } from "@/db/to-rows";
import { whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { mergeLines } from "@/lib/calls/merge-lines";
import { describeRecording } from "@/lib/calls/report";
import { env } from "@/lib/env";

/** Far more than any call has had. */
const mostAlerts = 200;

/** Everything one call page needs, or null when there is no such call. */
export async function getCallDetail(db: Database, callId: string): Promise<CallDetail | null> {
  // The call is read first: what comes in meanwhile is then newer than its version, never missing from it.
  const [found] = await db
    .select()
    .from(calls)
    .innerJoin(conversations, eq(calls.conversationId, conversations.id))
    .where(eq(calls.id, callId));
  if (!found) return null;
  const [lineRows, markRows, toolCallRows, { alerts }, [report], [copy]] = await Promise.all([
    db.select().from(lines).where(eq(lines.callId, callId)),
    db.select().from(marks).where(eq(marks.callId, callId)).orderBy(marks.at),
    db.select().from(toolCalls).where(eq(toolCalls.callId, callId)).orderBy(toolCalls.askedAt),
    listAlerts(db, { callId, limit: mostAlerts }),
    db.select().from(reports).where(eq(reports.callId, callId)),
    db.select().from(recordingCopies).where(eq(recordingCopies.callId, callId)),
  ]);
  const call = toCall(found.calls);
  const endedAt = whenEnded(call);
  const left =
    endedAt === null ? null : await findContextAt(db, found.calls.conversationId, new Date(endedAt));
  const isOver = endedAt !== null;
  const heard = toHeardLines({
    report: report ?? null,
    lines: lineRows,
    startedAt: found.calls.startedAt,
  });
  const partials = report ? [] : toPartials(found.calls);
  const allMarks = markRows.map(toMark);
  const { id: uuid, name, context, version } = found.conversations;
  return {
    call,
    conversation: { uuid, name, context, version },
    lines: mergeLines(heard, { marks: allMarks, partials }),
    heard: isOver ? [] : heard,
    partials,
    marks: allMarks,
    toolCalls: toolCallRows.map(toToolCall),
    alerts,
    report: report ? toReport(report) : null,
    contextAtEnd: left?.version === version ? null : left,
    recording: describeRecording({
      isOver,
      hasStarted: call.startedAt !== null,
      endedReason: call.endedReason,
      report: report ? { hasRecording: Boolean(report.recordingUrl ?? report.stereoRecordingUrl) } : null,
      copy: copy ?? null,
      canAskVapi: env.VAPI_API_KEY !== undefined,
    }),
  };
}
