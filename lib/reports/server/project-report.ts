import { z } from "zod";
import type { CallFacts, Facts, ReportFact } from "@/db/queries/record/facts";
import type { Consent, Latency, LatencyRow, StructuredOutput } from "@/lib/calls/report";
import { redact, redactText, stripQuery } from "@/lib/redact";
import { readCosts, readDollars, toCost } from "@/lib/reports/server/costs";
import { readSaid } from "@/lib/reports/server/read-said";
import {
  type ReportMessage,
  readRecordingLinks,
  readScorecards,
  readStructuredOutputs,
  readTransfers,
} from "@/lib/reports/server/report-parts";
import { earliest, newest } from "@/lib/webhook/rank";
import { firstSpoken, readSpoken } from "@/lib/webhook/server/messages";
import { readStamp } from "@/lib/webhook/server/read-stamp";
import { readSpan } from "@/lib/webhook/server/snapshot";
import { toolHistoryFacts } from "@/lib/webhook/server/tool-messages";

const ms = z.number().nonnegative().nullish().catch(null);

const turnSchema = z.looseObject({
  endpointingLatency: ms,
  transcriberLatency: ms,
  modelLatency: ms,
  voiceLatency: ms,
  turnLatency: ms,
});

const metricsSchema = z.looseObject({
  turnLatencies: z.array(z.unknown()).nullish().catch(null),
  endpointingLatencyAverage: ms,
  transcriberLatencyAverage: ms,
  modelLatencyAverage: ms,
  voiceLatencyAverage: ms,
  turnLatencyAverage: ms,
  fromTransportLatencyAverage: ms,
  toTransportLatencyAverage: ms,
  numUserInterrupted: ms,
  numAssistantInterrupted: ms,
});

/**
 * Reads `artifact.performanceMetrics` (since December 2025). Null if nothing was measured: a call without a reply has
 * only zeros.
 */
function readLatency(input: unknown): Latency | null {
  const metrics = metricsSchema.safeParse(input).data;
  if (!metrics) return null;
  const turns = (metrics.turnLatencies ?? []).flatMap((entry) => {
    const turn = turnSchema.safeParse(entry).data;
    return turn ? [toRow(turn)] : [];
  });
  if (turns.length === 0 && !metrics.turnLatencyAverage) return null;
  return {
    turns,
    average: toRow({
      endpointingLatency: metrics.endpointingLatencyAverage,
      transcriberLatency: metrics.transcriberLatencyAverage,
      modelLatency: metrics.modelLatencyAverage,
      voiceLatency: metrics.voiceLatencyAverage,
      turnLatency: metrics.turnLatencyAverage,
    }),
    fromTransport: metrics.fromTransportLatencyAverage ?? null,
    toTransport: metrics.toTransportLatencyAverage ?? null,
    callerInterrupted: metrics.numUserInterrupted ?? null,
    assistantInterrupted: metrics.numAssistantInterrupted ?? null,
  };
}

function toRow(turn: z.infer<typeof turnSchema>): LatencyRow {
  return {
    endpointing: turn.endpointingLatency ?? null,
    transcriber: turn.transcriberLatency ?? null,
    model: turn.modelLatency ?? null,
    voice: turn.voiceLatency ?? null,
    total: turn.turnLatency ?? null,
  };
}

/**
 * Returns the facts stated by an end-of-call report, or by `GET /call/{id}` of an ended call. Pure. Ends the call even
 * if no `ended` status ever arrived, and outranks the status events.
 *
 * @param at when it was sent, or the call's end if it was fetched
 */
export function projectReport(message: ReportMessage, at: Date): Facts {
  const messages = listOf(message);
  return {
    call: endFacts(message, messages, at),
    report: toReport(message, messages, at),
    toolCalls: toolHistoryFacts(messages, at),
  };
}

/** Returns the report's messages from the first list that contains speech, else the first non-empty list. */
function listOf({ messages, artifact }: ReportMessage): unknown[] {
  return firstSpoken([messages, artifact?.messages, artifact?.messagesOpenAIFormatted]);
}

function endFacts(message: ReportMessage, messages: unknown[], at: Date): CallFacts {
  const { started, ended } = readSpan(message, readSpoken(messages), at);
  return {
    status: "ended",
    statusRank: newest(at, 1),
    ...(started && { startedAt: started.at, startedRank: earliest(started.at, started.rank) }),
    endedAt: ended.at,
    endedRank: earliest(ended.at, ended.rank),
    ...(message.endedReason && { endedReason: message.endedReason, endedReasonRank: newest(at, 1) }),
    ...(message.cost != null && { costUsd: message.cost, costRank: newest(at, 1) }),
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

/** A rubric yields a word, a number, true or false; a matrix of rubrics yields an object. */
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

/**
 * Converts a stored report back to Vapi's format: the parts of the message that the event log omits because they have
 * tables of their own. The inverse of `projectReport`, except for `messages`, which are restored elsewhere.
 */
export function toReportParts(report: ReportFact): Record<string, unknown> & { artifact: object } {
  const { summary, successEvaluation, structuredData, structuredOutputs, consent, costBreakdown } = report;
  const multi = structuredOutputs.filter(isOfMulti).map(({ result }) => result);
  return {
    analysis: {
      ...(summary !== null && { summary }),
      ...(successEvaluation !== null && { successEvaluation }),
      ...(structuredData !== null && { structuredData }),
      ...(multi.length > 0 && { structuredDataMulti: multi }),
    },
    costBreakdown,
    costs: report.costs.map(toCost),
    ...(report.recordingUrl !== null && { recordingUrl: report.recordingUrl }),
    ...(report.stereoRecordingUrl !== null && { stereoRecordingUrl: report.stereoRecordingUrl }),
    ...(consent && {
      compliance: { recordingConsent: { type: consent.kind, grantedAt: consent.grantedAt } },
    }),
    artifact: toArtifact(report),
  };
}

function toArtifact({ structuredOutputs, scorecards, transfers, latency }: ReportFact): object {
  const named = structuredOutputs.filter((output) => !isOfMulti(output));
  const [skipped, made] = [named.filter(isSkipped), named.filter((output) => !isSkipped(output))];
  return {
    structuredOutputs: Object.fromEntries(made.map(({ id, name, result }) => [id, { name, result }])),
    skippedStructuredOutputs: Object.fromEntries(
      skipped.map(({ id, name, skipped: unmetCondition }) => [id, { name, unmetCondition }]),
    ),
    scorecards: Object.fromEntries(
      scorecards.map(({ id, name, score, percent, points }) => [
        id,
        {
          name,
          score,
          scoreNormalized: percent,
          metricPoints: Object.fromEntries(points.map((each) => [each.of, each.points])),
        },
      ]),
    ),
    transfers,
    ...(latency && { performanceMetrics: toMetrics(latency) }),
  };
}

/** `structuredDataMulti` has no ids; the reader numbers its entries (lib/reports/server/report-parts.ts). */
const isOfMulti = ({ id }: StructuredOutput) => /^multi-\d+$/.test(id);
const isSkipped = ({ skipped }: StructuredOutput) => skipped !== null;

function toMetrics(latency: NonNullable<ReportFact["latency"]>): object {
  const { turns, average, fromTransport, toTransport, callerInterrupted, assistantInterrupted } = latency;
  const averages = Object.entries(toTurn(average)).map(([name, ms]) => [`${name}Average`, ms]);
  return {
    ...Object.fromEntries(averages),
    turnLatencies: turns.map(toTurn),
    fromTransportLatencyAverage: fromTransport,
    toTransportLatencyAverage: toTransport,
    numUserInterrupted: callerInterrupted,
    numAssistantInterrupted: assistantInterrupted,
  };
}

function toTurn({
  endpointing,
  transcriber,
  model,
  voice,
  total,
}: LatencyRow): Record<string, number | null> {
  return {
    endpointingLatency: endpointing,
    transcriberLatency: transcriber,
    modelLatency: model,
    voiceLatency: voice,
    turnLatency: total,
  };
}
