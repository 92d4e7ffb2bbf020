import { z } from "zod";
import type { Latency, LatencyRow } from "@/lib/calls/report";

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

/** `artifact.performanceMetrics` (since December 2025); null where nothing was measured: a call without a reply has only zeros. */
export function readLatency(input: unknown): Latency | null {
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
