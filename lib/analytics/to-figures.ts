import type { Figures } from "@/lib/analytics/figures";
import { findReplyPercentile } from "@/lib/analytics/find-reply-percentile";
import type { Measures } from "@/lib/analytics/measures";

/** Sums → what is shown of them. */
export function toFigures(sum: Measures): Figures {
  const hungShare = ratio(sum.hung, sum.calls);
  const transferredShare = ratio(sum.transferred, sum.calls);
  return {
    calls: sum.calls,
    minutes: sum.durationMs / 60_000,
    costUsd: sum.costed > 0 ? sum.costUsd : null,
    hangRate: hungShare,
    containment: transferredShare === null ? null : 1 - transferredShare,
    interruptionRate: ratio(sum.interruptions, sum.assistantTurns),
    callerShare: ratio(sum.userMs, sum.userMs + sum.assistantMs),
    deadAirShare: ratio(sum.silentMs, sum.measuredMs),
    replyP50Ms: findReplyPercentile(sum.replies, 0.5),
    replyP95Ms: findReplyPercentile(sum.replies, 0.95),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
