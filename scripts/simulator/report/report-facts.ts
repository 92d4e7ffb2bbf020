import type { TransferDestination } from "@/scripts/simulator/acting/beat";
import type { ArtifactMessage } from "@/scripts/simulator/artifact";

/** Latencies, in milliseconds, of the stages between the caller's last word and the assistant's first. */
export interface TurnLatency {
  modelLatency: number;
  voiceLatency: number;
  transcriberLatency: number;
  endpointingLatency: number;
  turnLatency: number;
}

/** The facts of a report that the frame lacks. All times are epoch milliseconds. */
export interface ReportFacts {
  stampMs: number;
  startedAtMs: number;
  endedAtMs: number;
  endedReason: string;
  messages: readonly ArtifactMessage[];
  turnLatencies: readonly TurnLatency[];
  analysis: { summary: string; structuredData: Record<string, unknown>; successEvaluation: string };
  /** The destination, if the call was transferred. */
  transferredTo: TransferDestination | null;
}
