import type { CallFacts, Facts, ReportFact } from "@/db/facts";
import type { Consent } from "@/lib/calls/report";
import { readCosts, readDollars } from "@/lib/reports/read-costs";
import { readLatency } from "@/lib/reports/read-latency";
import { readRecordingLinks } from "@/lib/reports/read-recording-links";
import { readSaid } from "@/lib/reports/read-said";
import { readScorecards } from "@/lib/reports/read-scorecards";
import { readStructuredOutputs } from "@/lib/reports/read-structured-outputs";
import { readTransfers } from "@/lib/reports/read-transfers";
import type { ReportMessage } from "@/lib/reports/report-message";
import { readSpan } from "@/lib/webhook/read-span";
import { readSpoken } from "@/lib/webhook/read-spoken";
import { readStamp } from "@/lib/webhook/read-stamp";
import { redact, redactText } from "@/lib/webhook/redact";
import { stripQuery } from "@/lib/webhook/strip-query";
import { earliest, newest } from "@/lib/webhook/witness";
import { witnessToolHistory } from "@/lib/webhook/witness-tool-history";

/**
 * Pure: what the end-of-call report (or `GET /call/{id}` of a call that is over) is a witness to. Ends the call by itself
 * when no `ended` ever came, and outranks what status events said of it.
 *
 * @param at when it was sent, or the call's end where it was asked for
 */
export function projectReport(message: ReportMessage, at: Date): Facts {
  const messages = listOf(message);
  return {
    call: witnessEnd(message, messages, at),
    report: toReport(message, messages, at),
    toolCalls: witnessToolHistory(messages, at),
  };
}

/** The report's messages, wherever they stand: the first list that has words in it. */
function listOf({ messages, artifact }: ReportMessage): unknown[] {
  const lists = [messages ?? [], artifact?.messages ?? [], artifact?.messagesOpenAIFormatted ?? []];
  return lists.find((list) => readSpoken(list).length > 0) ?? lists[0] ?? [];
}

function witnessEnd(message: ReportMessage, messages: unknown[], at: Date): CallFacts {
  const span = readSpan(message, readSpoken(messages), at);
  return {
    status: "ended",
    statusWitness: newest(at, 1),
    startedAt: span.startedAt,
    startedWitness: earliest(span.startedAt, span.rank),
    endedAt: span.endedAt,
    endedWitness: earliest(span.endedAt, span.rank),
    ...(message.endedReason && { endedReason: message.endedReason, endedReasonWitness: newest(at, 1) }),
    ...(message.cost != null && { costUsd: message.cost, costWitness: newest(at, 1) }),
  };
}

function toReport(message: ReportMessage, messages: unknown[], at: Date): ReportFact {
  const { analysis, artifact } = message;
  const links = readRecordingLinks(message);
  return {
    at,
    summary: redactText(analysis?.summary || message.summary || "") || null,
    successEvaluation: toText(analysis?.successEvaluation),
    structuredData: redact(analysis?.structuredData ?? null),
    structuredOutputs: readStructuredOutputs(message),
    scorecards: readScorecards(artifact?.scorecards, artifact?.structuredOutputs),
    recordingUrl: stripQuery(links.mono),
    stereoRecordingUrl: stripQuery(links.stereo),
    costBreakdown: readDollars(message.costBreakdown),
    costs: readCosts(message.costs),
    latency: readLatency(artifact?.performanceMetrics),
    transfers: readTransfers(artifact?.transfers),
    consent: readConsent(message),
    messages: readSaid(message, messages, at),
  };
}

/** A rubric answers with a word, a number, true or false; a matrix of them with an object. */
function toText(evaluation: unknown): string | null {
  if (evaluation === null || evaluation === undefined || evaluation === "") return null;
  return typeof evaluation === "object" ? JSON.stringify(redact(evaluation)) : redactText(String(evaluation));
}

function readConsent({ compliance }: ReportMessage): Consent | null {
  const consent = compliance?.recordingConsent;
  if (!consent) return null;
  return {
    kind: typeof consent.type === "string" ? consent.type : null,
    grantedAt: readStamp(consent.grantedAt)?.toISOString() ?? null,
  };
}
