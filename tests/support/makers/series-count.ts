import { wholeAccount } from "@/lib/incidents/incident";
import type { SeriesCount } from "@/lib/rates/series";

/** Makes the counts of a series, with zeros for everything not given. */
export function seriesCount(more: Partial<SeriesCount> = {}): SeriesCount {
  return {
    kind: "account",
    value: wholeAccount,
    begun: 0,
    ended: 0,
    failures: 0,
    alerts: 0,
    tools: 0,
    costUsd: 0,
    costed: 0,
    replies: [],
    p95Ms: null,
    ...more,
  };
}
