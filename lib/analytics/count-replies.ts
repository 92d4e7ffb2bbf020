import { replyBins, replyEdgesMs } from "@/lib/analytics/reply-bins";

/** Latencies in milliseconds → how many of them lie in each bin of reply-bins.ts. */
export function countReplies(latenciesMs: readonly number[]): number[] {
  const counts = new Array<number>(replyBins).fill(0);
  for (const ms of latenciesMs) {
    const bin = replyEdgesMs.findIndex((edge) => ms < edge);
    const at = bin < 0 ? replyBins - 1 : bin;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}
