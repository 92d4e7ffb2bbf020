import type { Measures } from "@/lib/analytics/measures";
import { noMeasures } from "@/lib/analytics/no-measures";
import { replyBins } from "@/lib/analytics/reply-bins";

/** Many counted as one. */
export function addMeasures(all: readonly Measures[]): Measures {
  return all.reduce<Measures>(
    (sum, next) => ({
      calls: sum.calls + next.calls,
      durationMs: sum.durationMs + next.durationMs,
      costUsd: sum.costUsd + next.costUsd,
      costed: sum.costed + next.costed,
      hung: sum.hung + next.hung,
      transferred: sum.transferred + next.transferred,
      measured: sum.measured + next.measured,
      measuredMs: sum.measuredMs + next.measuredMs,
      userMs: sum.userMs + next.userMs,
      assistantMs: sum.assistantMs + next.assistantMs,
      silentMs: sum.silentMs + next.silentMs,
      assistantTurns: sum.assistantTurns + next.assistantTurns,
      interruptions: sum.interruptions + next.interruptions,
      replies: Array.from(
        { length: replyBins },
        (_, bin) => (sum.replies[bin] ?? 0) + (next.replies[bin] ?? 0),
      ),
    }),
    noMeasures,
  );
}
