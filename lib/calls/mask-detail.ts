import { maskAlert } from "@/lib/alerts/mask-alert";
import type { CallDetail } from "@/lib/calls/call-detail";
import { maskCall } from "@/lib/calls/mask-call";
import { maskLine, maskMark, maskToolCall } from "@/lib/calls/mask-call-parts";
import { maskNumber } from "@/lib/calls/mask-number";
import { maskRecord } from "@/lib/calls/mask-record";
import { maskText } from "@/lib/calls/mask-text";
import type { Report } from "@/lib/calls/report";

/** Recordings are voices and every word said: they take the permission to listen. */
const hearing = "Listening to recordings takes the role operator.";

/** A call's page as viewers see it. */
export function maskDetail<T extends CallDetail>(detail: T): T {
  const names = [detail.call.customerName];
  const { conversation, report } = detail;
  return {
    ...detail,
    call: maskCall(detail.call),
    conversation: {
      ...conversation,
      name: conversation.name && maskText(conversation.name, names),
      context: maskRecord(conversation.context, names),
    },
    lines: detail.lines.map((line) => maskLine(line, names)),
    heard: detail.heard.map((line) => maskLine(line, names)),
    partials: detail.partials.map((partial) => maskLine(partial, names)),
    marks: detail.marks.map((mark) => maskMark(mark, names)),
    toolCalls: detail.toolCalls.map((toolCall) => maskToolCall(toolCall, names)),
    alerts: detail.alerts.map(maskAlert),
    report: report && maskReport(report, names),
    contextAtEnd: detail.contextAtEnd && {
      ...detail.contextAtEnd,
      context: maskRecord(detail.contextAtEnd.context, names),
    },
    recording: { state: "not-allowed", why: hearing, copy: null, copyError: null },
  };
}

function maskReport(report: Report, names: readonly (string | null)[]): Report {
  const maskAny = (value: unknown) => maskRecord({ value }, names).value;
  return {
    ...report,
    summary: report.summary && maskText(report.summary, names),
    successEvaluation: report.successEvaluation && maskText(report.successEvaluation, names),
    structuredData: maskAny(report.structuredData),
    structuredOutputs: report.structuredOutputs.map((output) => ({
      ...output,
      result: maskAny(output.result),
    })),
    transfers: report.transfers.map((transfer) => ({
      ...transfer,
      destination: transfer.destination && maskNumber(transfer.destination),
      ...(transfer.name && { name: maskText(transfer.name, names) }),
      ...(transfer.transcript && { transcript: maskText(transfer.transcript, names) }),
    })),
  };
}
