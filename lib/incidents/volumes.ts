import { type CauseKind, type CauseValues, scopeKinds } from "@/lib/incidents/incident";

/** A call, failing or not, as background to compare signals with. */
export interface BackgroundCall {
  id: string;
  from: number;
  /** Null while the call is live. */
  to: number | null;
  causes: CauseValues;
}

/** Number of calls in a period, including those with signals. */
export interface Volumes {
  count(kind: CauseKind, value: string, from: number, to: number): number;
}

/** Whether every call has a value of this kind. */
export const isScope = (kind: CauseKind) => scopeKinds.some((scope) => scope === kind);

/**
 * Counts calls as the mean of those that began and those that ended, so that an outage that ends many at once does not
 * count as many calls. For a provider, stage, end reason or tool, all calls count.
 */
export function createVolumes(calls: readonly BackgroundCall[]): Volumes {
  const known = new Map<string, readonly number[]>();
  const momentsOf = (kind: CauseKind, value: string) => {
    const isOwn = isScope(kind) && kind !== "account";
    const key = isOwn ? `${kind} ${value}` : "";
    let moments = known.get(key);
    if (!moments) {
      const own = isOwn ? calls.filter(({ causes }) => causes[kind] === value) : calls;
      moments = own.flatMap(({ from, to }) => [from, to ?? Infinity]).sort((a, b) => a - b);
      known.set(key, moments);
    }
    return moments;
  };
  return {
    count(kind, value, from, to) {
      const moments = momentsOf(kind, value);
      return (countUntil(moments, to) - countUntil(moments, from)) / 2;
    },
  };
}

/** Counts the sorted times at or before a time. */
function countUntil(moments: readonly number[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
