import "server-only";
import { type Database, db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { type CapturedCall, listCapturedCalls, readCallless, readCapture } from "@/db/queries/events/replay";
import type { CallRow } from "@/db/schema/calls";
import type { By } from "@/lib/audit/audit";
import { problem, toStream } from "@/lib/http/server/http";
import { stringifyJson } from "@/lib/lossless-json";
import { toReportParts } from "@/lib/reports/server/project-report";
import { toMessages } from "@/lib/webhook/server/messages";

interface CapturedBody {
  message: Record<string, unknown>;
}

/**
 * Converts a stored call to the bodies that Vapi might have sent, in order. Data that the log omits, because every body
 * repeats it or because it has its own table, is put back where handlers read it. Pure.
 */
export function toCapture(captured: CapturedCall): CapturedBody[] {
  const call = toSnapshot(captured.call);
  const lastUpdate = captured.events.findLast(({ type }) => type === "conversation-update");
  return captured.events.map((event) => ({
    message: {
      timestamp: event.at.getTime(),
      ...event.message,
      ...(event === lastUpdate && { messages: toMessages(captured.lines, captured.toolCalls) }),
      ...(event.type === "assistant.started" && toNewAssistant(captured, event.key)),
      ...(event.type === "end-of-call-report" && toReport(captured)),
      call,
    },
  }));
}

/** Builds `message.call` in the shape that lib/webhook/server/snapshot.ts reads. */
function toSnapshot(row: CapturedCall["call"]): object {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    type: row.type,
    ...(row.metadata && { metadata: row.metadata }),
    ...((row.customerNumber || row.customerName) && {
      customer: { number: row.customerNumber, name: row.customerName },
    }),
    ...((row.phoneNumber || row.phoneNumberId) && {
      phoneNumber: { id: row.phoneNumberId, number: row.phoneNumber },
    }),
    ...((row.assistantId || row.assistantName || row.maxSeconds) && {
      assistant: { id: row.assistantId, name: row.assistantName, maxDurationSeconds: row.maxSeconds },
    }),
  };
}

function toNewAssistant({ call, marks }: CapturedCall, key: string): object {
  const name = marks.find((mark) => mark.key === key)?.detail;
  if (!name) return {};
  return {
    newAssistant: { name, ...(name === call.assistantName && { id: call.assistantId }) },
    // The snapshot has the current assistant, which may not be the one that the version in the message belongs to.
    ...(call.assistantVersion === null && { assistantVersion: null }),
  };
}

function toReport({ report, toolCalls }: CapturedCall): object {
  if (!report) return {};
  const said = report.messages.map(({ role, text, at }) => ({ role, text, at: new Date(at) }));
  const { artifact, ...parts } = toReportParts(report);
  return { ...parts, artifact: { ...artifact, messages: toMessages(said, toolCalls) } };
}

/**
 * Yields a capture in the format of `npm run replay`: one body per line, call by call, then events without a call.
 *
 * @param conversationId for the capture of a whole conversation; null for single calls
 */
async function* streamCapture(
  db: Database,
  calls: readonly CallRow[],
  conversationId: string | null,
): AsyncGenerator<string> {
  for (const call of calls) {
    for (const body of toCapture(await readCapture(db, call))) yield `${stringifyJson(body)}\n`;
  }
  if (!conversationId) return;
  for (const { at, message } of await readCallless(db, conversationId))
    yield `${stringifyJson({ message: { timestamp: at.getTime(), ...message } })}\n`;
}

type Of = { callId: string } | { conversationId: string };

export const noCapture = {
  title: "No such call",
  detail: "No call has this ID.",
};

/** Responds with a call or conversation as a file for `npm run replay`. The download is recorded in the audit log. */
export async function answerCapture(of: Of, by: By): Promise<Response> {
  const calls = await listCapturedCalls(db, of);
  if (calls.length === 0) return problem(404, noCapture.title, noCapture.detail);
  const [kind, id] = "callId" in of ? ["call", of.callId] : ["conversation", of.conversationId];
  await recordAudit(db, { ...by, action: "capture.downloaded", target: id, detail: { of: kind } });
  const conversationId = "callId" in of ? null : of.conversationId;
  return new Response(toStream(streamCapture(db, calls, conversationId)), {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="${kind}-${id.replace(/[^\w-]/g, "_")}.jsonl"`,
      "cache-control": "no-store",
    },
  });
}
