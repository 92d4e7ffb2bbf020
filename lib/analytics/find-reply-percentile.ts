import { replyEdgesMs } from "@/lib/analytics/reply-bins";

/**
 * The nearest-rank percentile (0 < `share` ≤ 1) of counted latencies, in milliseconds: the middle of the bin it lies in, so never
 * further from the truth than half a bin. Above the last edge that edge itself. Null without any.
 */
export function findReplyPercentile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(total * share));
  const bin = counts.findIndex((count) => {
    rank -= count;
    return rank <= 0;
  });
  const from = replyEdgesMs[bin - 1] ?? 0;
  return (from + (replyEdgesMs[bin] ?? from)) / 2;
}
