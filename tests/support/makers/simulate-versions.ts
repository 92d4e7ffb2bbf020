import { findWorse } from "@/lib/analytics/compare-versions";
import type { Measured } from "@/lib/analytics/sequential-test";
import { fewestCalls, type GuardedName, guardedNames, type VersionSums } from "@/lib/analytics/versions";
import type { Random } from "@/scripts/simulator/random";

/** Quality of an assistant's calls. Shares are of all calls; response time (ms) and cost (US dollars) are log-normal. */
export interface Quality {
  hangs: number;
  failures: number;
  transfers: number;
  unsuccessful: number;
  responseMs: number;
  costUsd: number;
}

export const usualQuality: Quality = {
  hangs: 0.03,
  failures: 0.02,
  transfers: 0.15,
  unsuccessful: 0.2,
  responseMs: 1_200,
  costUsd: 0.12,
};

interface Running {
  calls: number;
  total: number;
  squares: number;
}

const toMeasured = ({ calls, total, squares }: Running): Measured => ({
  calls,
  mean: calls === 0 ? 0 : total / calls,
  variance: calls < 2 ? 0 : Math.max(0, (squares - total ** 2 / calls) / (calls - 1)),
});

/** Figures that change with every call; a share rises only with a call in which the event happened. */
const means = ["response", "cost"] as const satisfies GuardedName[];
const counts = ["hung", "failed", "transferred", "unsuccessful"] as const;

/** Draws a version's calls one by one. */
function createVersion(quality: Quality, random: Random) {
  const seen = { hung: 0, failed: 0, transferred: 0, unsuccessful: 0 };
  const chances = {
    hung: quality.hangs,
    failed: quality.failures,
    transferred: quality.transfers,
    unsuccessful: quality.unsuccessful,
  };
  const response: Running = { calls: 0, total: 0, squares: 0 };
  const cost: Running = { calls: 0, total: 0, squares: 0 };
  let calls = 0;
  return {
    /** Takes the next call. Returns whether anything in it counts against the version. */
    take(): boolean {
      calls += 1;
      let isBad = false;
      for (const name of counts) {
        if (!random.chance(chances[name])) continue;
        seen[name] += 1;
        isBad = true;
      }
      add(response, logNormal(quality.responseMs, 0.5, random));
      add(cost, logNormal(quality.costUsd, 0.9, random));
      return isBad;
    },
    sums: (): VersionSums => ({
      ...seen,
      calls,
      evaluated: calls,
      response: toMeasured(response),
      cost: toMeasured(cost),
    }),
  };
}

function add(running: Running, value: number): void {
  running.calls += 1;
  running.total += value;
  running.squares += value ** 2;
}

/** Draws a log-normal value; `mean` is the mean of the value itself. */
function logNormal(mean: number, spread: number, random: Random): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - random.between(0, 1))) * Math.cos(2 * Math.PI * random.between(0, 1));
  return mean * Math.exp(spread * normal - spread ** 2 / 2);
}

/**
 * Draws call after call for a version and checks after each. Returns the call at which the version was found worse, and
 * by which figures; null if never.
 * @param baseline quality and number of the calls before
 */
export function watchVersion(
  baseline: { quality: Quality; calls: number },
  quality: Quality,
  calls: number,
  random: Random,
): { at: number; by: GuardedName[] } | null {
  const before = createVersion(baseline.quality, random);
  for (let n = 0; n < baseline.calls; n += 1) before.take();
  const beforeSums = before.sums();
  const version = createVersion(quality, random);
  for (let n = 1; n <= calls; n += 1) {
    const isBad = version.take();
    if (n < fewestCalls) continue;
    const among = isBad || n === fewestCalls ? guardedNames : means;
    const by = findWorse(beforeSums, version.sums(), among);
    if (by.length > 0) return { at: n, by };
  }
  return null;
}
