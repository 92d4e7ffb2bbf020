import type { ReportFact } from "@/db/facts";
import type { CostItem, LatencyRow, StructuredOutput } from "@/lib/calls/report";

/**
 * A report as it is kept, in Vapi's own words again: the parts of the message that the event log leaves out because they
 * are in a table of their own. The inverse of project-report.ts; `messages` stand elsewhere.
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

/** `structuredDataMulti` has no ids: the reader numbers it (read-structured-outputs.ts). */
const isOfMulti = ({ id }: StructuredOutput) => /^multi-\d+$/.test(id);
const isSkipped = ({ skipped }: StructuredOutput) => skipped !== null;

function toCost({ kind, provider, name, usd, minutes, characters, tokens }: CostItem): object {
  return {
    type: kind,
    cost: usd,
    ...(kind === "analysis"
      ? { analysisType: name, model: { provider } }
      : { model: { provider, model: name } }),
    minutes,
    characters,
    promptTokens: tokens,
  };
}

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
