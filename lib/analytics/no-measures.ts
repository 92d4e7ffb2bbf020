import type { Measures } from "@/lib/analytics/measures";

/** No calls at all. */
export const noMeasures: Measures = {
  calls: 0,
  durationMs: 0,
  costUsd: 0,
  costed: 0,
  hung: 0,
  transferred: 0,
  measured: 0,
  measuredMs: 0,
  userMs: 0,
  assistantMs: 0,
  silentMs: 0,
  assistantTurns: 0,
  interruptions: 0,
  replies: [],
};
