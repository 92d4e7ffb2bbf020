import {
  compareMeans,
  compareShares,
  type Difference,
  evidenceOfGreater,
  evidenceOfMore,
} from "@/lib/analytics/sequential-test";
import {
  fewestBefore,
  fewestCalls,
  fewestMeasured,
  type Guarded,
  type GuardedName,
  guardedMetrics,
  guardedNames,
  type MetricComparison,
  type VersionSums,
} from "@/lib/analytics/versions";

/** Compares two versions by every guarded metric. */
export function compareVersions(baseline: VersionSums, version: VersionSums): MetricComparison[] {
  return guardedNames.map((metric) => compareBy(metric, baseline, version));
}

function compareBy(metric: GuardedName, baseline: VersionSums, version: VersionSums): MetricComparison {
  const { of, alpha, isGood } = guardedMetrics[metric];
  const [before, now] = [of(baseline), of(version)];
  const values = { baseline: figureOf(before, isGood), version: figureOf(now, isGood) };
  if (!isEnough(before, fewestBefore) || !isEnough(now, fewestCalls)) {
    return { metric, ...values, difference: null, verdict: "too-few-calls" };
  }
  const bad = differenceOf(before, now, alpha);
  const verdict = bad.from > 0 ? "worse" : bad.to < 0 ? "better" : "no-difference";
  const difference = isGood ? { by: -bad.by, from: -bad.to, to: -bad.from } : bad;
  return { metric, ...values, difference, verdict };
}

type Known = ReturnType<Guarded["of"]>;

const callsOf = (known: Known) => (known.kind === "share" ? known.bad.calls : known.measured.calls);

function isEnough(known: Known, fewest: number): boolean {
  return callsOf(known) >= (known.kind === "mean" ? Math.max(fewest, fewestMeasured) : fewest);
}

function figureOf(known: Known, isGood: boolean): number | null {
  if (callsOf(known) === 0) return null;
  if (known.kind === "mean") return known.measured.mean;
  const bad = known.bad.hits / known.bad.calls;
  return isGood ? 1 - bad : bad;
}

function differenceOf(before: Known, now: Known, alpha: number): Difference {
  if (before.kind === "share" && now.kind === "share") return compareShares(before.bad, now.bad, alpha);
  if (before.kind === "mean" && now.kind === "mean") {
    return compareMeans(before.measured, now.measured, alpha);
  }
  throw new Error("A share is not compared with a mean.");
}

/**
 * Returns the metrics a version is worse by: those whose interval lies above 0, as in `compareVersions`, but without
 * computing the interval.
 */
export function findWorse(
  baseline: VersionSums,
  version: VersionSums,
  among: readonly GuardedName[] = guardedNames,
): GuardedName[] {
  return among.filter((metric) => {
    const { alpha, of } = guardedMetrics[metric];
    const [before, now] = [of(baseline), of(version)];
    if (!isEnough(before, fewestBefore) || !isEnough(now, fewestCalls)) return false;
    return evidenceOf(before, now) >= Math.log(1 / alpha);
  });
}

/** Whether the calls still favour "worse" over "not worse". */
export function isStillWorse(metric: GuardedName, baseline: VersionSums, version: VersionSums): boolean {
  const { of } = guardedMetrics[metric];
  return evidenceOf(of(baseline), of(version)) > 0;
}

function evidenceOf(before: Known, now: Known): number {
  if (before.kind === "share" && now.kind === "share") return evidenceOfMore(before.bad, now.bad);
  if (before.kind === "mean" && now.kind === "mean") return evidenceOfGreater(before.measured, now.measured);
  return 0;
}
