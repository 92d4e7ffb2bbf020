import type { TransferDestination } from "@/scripts/simulator/acting/beat";
import type { ArtifactMessage } from "@/scripts/simulator/artifact";

/** Milliseconds of the stages between the caller's last word and the assistant's first. */
export interface TurnLatency {
  modelLatency: number;
  voiceLatency: number;
  transcriberLatency: number;
  endpointingLatency: number;
  turnLatency: number;
}

/** What a report says that the frame does not. All times are epoch milliseconds. */
export interface ReportFacts {
  stampMs: number;
  startedAtMs: number;
  endedAtMs: number;
  endedReason: string;
  messages: readonly ArtifactMessage[];
  turnLatencies: readonly TurnLatency[];
  analysis: { summary: string; structuredData: Record<string, unknown>; successEvaluation: string };
  /** Where the call went, if it was transferred. */
  transferredTo: TransferDestination | null;
}
