import { z } from "zod";
import { alertSchema, maskAlert } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { heardLineSchema, lineSchema, partialSchema } from "@/lib/calls/line";
import {
  maskAnswer,
  maskCall,
  maskDestination,
  maskJson,
  maskLine,
  maskMark,
  maskRecord,
  maskText,
  maskToolCall,
} from "@/lib/calls/mask";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { type Report, recordingSchema, reportSchema } from "@/lib/calls/report";

/** The shared context of all events of one conversation, as the call page shows it. */
export const conversationSchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

/** The context as the call left it, where it is another by now. */
const leftContextSchema = conversationSchema.pick({ context: true, version: true });

/** Everything one call page needs, in one answer. */
export const callDetailSchema = z.object({
  call: callSchema,
  conversation: conversationSchema,
  /** What was said, merged of all that every source brought. */
  lines: z.array(lineSchema),
  /** What each source brought, for merging what comes; empty once the call is over. */
  heard: z.array(heardLineSchema),
  partials: z.array(partialSchema),
  marks: z.array(markSchema),
  toolCalls: z.array(toolCallSchema),
  /** Newest first. */
  alerts: z.array(alertSchema),
  report: reportSchema.nullable(),
  recording: recordingSchema,
  /** Null while the call lives, and when the conversation's context is still the same. */
  contextAtEnd: leftContextSchema.nullable(),
});

export type CallDetail = z.infer<typeof callDetailSchema>;
export type Conversation = z.infer<typeof conversationSchema>;

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
