import { maskAlert } from "@/lib/alerts/alert";
import type { CallDetail } from "@/lib/calls/call-detail";
import { maskCall } from "@/lib/calls/mask-call";
import { maskDestination, maskLine, maskMark, maskToolCall } from "@/lib/calls/mask-call-parts";
import { maskAnswer, maskJson, maskRecord } from "@/lib/calls/mask-record";
import { maskText } from "@/lib/calls/mask-text";
import type { Report } from "@/lib/calls/report";

/** Recordings are voices and every word said: they take the permission to listen. */
const hearing = "Listening to recordings takes the role operator.";

/**
 * A call's page as viewers see it.
 * @param callerNames of everybody who has called this conversation: its context may name them all
 */
export function maskDetail<T extends CallDetail>(detail: T, callerNames: readonly string[] = []): T {
  const names = [detail.call.customerName, ...callerNames];
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
  const mask = (text: string | null) => text && maskText(text, names);
  return {
    ...report,
    summary: mask(report.summary),
    successEvaluation: report.successEvaluation && maskAnswer(report.successEvaluation, names),
    structuredData: maskJson(report.structuredData, names),
    structuredOutputs: report.structuredOutputs.map((output) => ({
      ...output,
      name: mask(output.name),
      result: maskJson(output.result, names),
      skipped: mask(output.skipped),
    })),
    scorecards: report.scorecards.map((scorecard) => ({
      ...scorecard,
      name: mask(scorecard.name),
      points: scorecard.points.map((each) => ({ ...each, of: maskText(each.of, names) })),
    })),
    transfers: report.transfers.map((transfer) => ({
      ...transfer,
      destination: transfer.destination && maskDestination(transfer.destination, names),
      mode: mask(transfer.mode),
      status: mask(transfer.status),
      ...(transfer.name && { name: maskText(transfer.name, names) }),
      ...(transfer.transcript && { transcript: maskText(transfer.transcript, names) }),
    })),
  };
}
