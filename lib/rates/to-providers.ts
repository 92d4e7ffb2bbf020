import { usualP95 } from "@/lib/rates/evaluate-figures";
import {
  fewestMeasured,
  type Part,
  type PartCounts,
  type Providers,
  partName,
  partStates,
} from "@/lib/rates/providers";
import { type SeriesCount, splitPart } from "@/lib/rates/series";
import { median } from "@/lib/rates/statistics";
import { chanceOfFailures, type Usual } from "@/lib/rates/usual";

type Kept = Pick<SeriesCount, "value" | "ended" | "failures" | "p95Ms"> & { at: Date };

interface Known {
  quarter: readonly SeriesCount[];
  hour: readonly SeriesCount[];
  /** The quarters of the last 24 hours. */
  kept: readonly Kept[];
  /** Usual figures to compare with; null while too little is known. */
  usual: Usual | null;
  /** End reasons of the last 24 hours, by the part that failed. */
  reasons: ReadonlyMap<string, readonly { code: string; calls: number }[]>;
}

const hourMs = 60 * 60_000;
const hoursShown = 24;
/** While no usual figures are known, a part is assumed to fail in one of a hundred calls. */
const unknownShare = { share: 0.01, dispersion: 1, observed: null };
const fewestFailures = 3;
const unlikely = 1e-4;
const slowTimes = 1.5;

/** Returns the current state of each part, compared with its usual figures. */
export function toProviders({ quarter, hour, kept, usual, reasons }: Known, now: Date): Providers {
  const partsOf = (counts: readonly SeriesCount[]) => counts.filter(({ kind }) => kind === "part");
  const values = new Set([...partsOf(hour), ...kept].map(({ value }) => value));
  const thisHour = Math.floor(now.getTime() / hourMs) * hourMs;
  const parts = [...values].map((value): Part => {
    const own = kept.filter((each) => each.value === value);
    const share = usual?.shareOf("part", value, "failure") ?? unknownShare;
    const p95Ms = usual && usualP95(usual.hoursOf("part", value));
    const counts = {
      quarter: toCounts(partsOf(quarter).filter((each) => each.value === value)),
      hour: toCounts(partsOf(hour).filter((each) => each.value === value)),
    };
    return {
      ...splitPart(value),
      state: stateOf(counts, share, p95Ms),
      ...counts,
      usual: { failureShare: share.observed, p95Ms },
      steps: Array.from({ length: hoursShown }, (_, index) => {
        const at = thisHour - (hoursShown - 1 - index) * hourMs;
        const its = own.filter((each) => each.at.getTime() >= at && each.at.getTime() < at + hourMs);
        const isNow = index === hoursShown - 1;
        return { at: new Date(at).toISOString(), ...(isNow ? counts.hour : toCounts(its)) };
      }),
      reasons: [...(reasons.get(value) ?? [])].sort((a, b) => b.calls - a.calls).slice(0, 3),
    };
  });
  const isGone = ({ steps, hour: last }: Part) => last.calls === 0 && steps.every(({ calls }) => calls === 0);
  return {
    at: now.toISOString(),
    parts: parts.filter((part) => !isGone(part)).sort(bySeverity),
  };
}

function toCounts(counts: readonly Pick<SeriesCount, "ended" | "failures" | "p95Ms">[]): PartCounts {
  const p95s = counts.flatMap(({ p95Ms }) => p95Ms ?? []);
  return {
    calls: counts.reduce((all, { ended }) => all + ended, 0),
    failures: counts.reduce((all, { failures }) => all + failures, 0),
    p95Ms: p95s.length === 0 ? null : median(p95s),
  };
}

function stateOf(
  { quarter, hour }: { quarter: PartCounts; hour: PartCounts },
  share: Parameters<typeof chanceOfFailures>[0],
  usualP95Ms: number | null,
): Part["state"] {
  const isFailing = ({ calls, failures }: PartCounts) =>
    failures >= fewestFailures && chanceOfFailures(share, failures, calls) < unlikely;
  if (isFailing(quarter)) return "failing";
  const recent = quarter.calls >= fewestMeasured ? quarter : hour;
  if (recent.calls === 0) return "no-calls";
  const isSlow =
    recent.calls >= fewestMeasured && usualP95Ms !== null && (recent.p95Ms ?? 0) >= usualP95Ms * slowTimes;
  return isSlow ? "slow" : "usual";
}

function bySeverity(a: Part, b: Part): number {
  return (
    partStates.indexOf(a.state) - partStates.indexOf(b.state) ||
    b.hour.calls - a.hour.calls ||
    partName(a).localeCompare(partName(b), "en")
  );
}
