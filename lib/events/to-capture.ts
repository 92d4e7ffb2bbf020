import "server-only";
import type { CapturedCall } from "@/db/queries/events/read-capture";
import { toReportParts } from "@/lib/reports/to-report-parts";
import { toMessages } from "@/lib/webhook/to-messages";

export interface CapturedBody {
  message: Record<string, unknown>;
}

/**
 * A call out of the log as bodies that Vapi might have sent, in their order: what the log left out because every body
 * repeats it, or because it is in a table of its own, is put back where it is read. Pure.
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

/** `message.call` as it is read (read-snapshot.ts). */
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
  return { newAssistant: { name, ...(name === call.assistantName && { id: call.assistantId }) } };
}

function toReport({ report, toolCalls }: CapturedCall): object {
  if (!report) return {};
  const said = report.messages.map(({ role, text, at }) => ({ role, text, at: new Date(at) }));
  const { artifact, ...parts } = toReportParts(report);
  return { ...parts, artifact: { ...artifact, messages: toMessages(said, toolCalls) } };
}
