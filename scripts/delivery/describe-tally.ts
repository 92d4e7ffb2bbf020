import type { Tally } from "@/scripts/delivery/tally";

/** `3,412 posted: 3,408 × 200, 4 × 503 · answers within 6 ms (p50), 21 ms (p95)` */
export function describeTally(tally: Tally): string {
  const parts = [...tally.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count.toLocaleString("en")} × ${status}`);
  if (tally.unanswered) parts.push(`${tally.unanswered.toLocaleString("en")} without answer`);
  const counts = `${tally.posted.toLocaleString("en")} posted${parts.length ? `: ${parts.join(", ")}` : ""}`;
  if (!tally.answered) return counts;
  return `${counts} · answers within ${milliseconds(tally, 0.5)} (p50), ${milliseconds(tally, 0.95)} (p95)`;
}

function milliseconds(tally: Tally, share: number): string {
  return `${Math.round(tally.percentile(share)).toLocaleString("en")} ms`;
}
