import type { TurnLatency } from "@/scripts/simulator/report/report-facts";

/** `artifact.performanceMetrics`: each turn's latency by stage, and the averages, in milliseconds. */
export function buildPerformance(turnLatencies: readonly TurnLatency[]) {
  const average = (stage: keyof TurnLatency) => {
    const sum = turnLatencies.reduce((total, turn) => total + turn[stage], 0);
    return turnLatencies.length ? Math.round((sum / turnLatencies.length) * 10) / 10 : 0;
  };
  return {
    turnLatencies,
    modelLatencyAverage: average("modelLatency"),
    voiceLatencyAverage: average("voiceLatency"),
    transcriberLatencyAverage: average("transcriberLatency"),
    endpointingLatencyAverage: average("endpointingLatency"),
    turnLatencyAverage: average("turnLatency"),
    fromTransportLatencyAverage: 20,
    toTransportLatencyAverage: 20,
  };
}
