import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions, findWorse } from "@/lib/analytics/compare-versions";
import { compareMeans, compareShares } from "@/lib/analytics/sequential-test";
import { describeVerdict, guardedMetrics, guardedNames, type VersionSums } from "@/lib/analytics/versions";
import { createRandom } from "@/scripts/simulator/random";
import { type Quality, usualQuality, watchVersion } from "@/tests/support/makers/simulate-versions";

const seed = process.env.EARSHOT_SEED ?? "versions";

/** Result of a version in each simulated run: the call at which it was judged worse, or null. */
function simulate(runs: number, calls: number, quality: Quality, baseline = usualQuality, before = 2_000) {
  return Array.from({ length: runs }, (_, run) =>
    watchVersion({ quality: baseline, calls: before }, quality, calls, createRandom(`${seed}/${run}`)),
  );
}

const shareOf = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length / all.length;

const sums = (calls: number, bad: Partial<VersionSums> = {}): VersionSums => ({
  calls,
  hung: 0,
  failed: 0,
  transferred: 0,
  evaluated: calls,
  unsuccessful: 0,
  response: { calls, mean: 1_200, variance: 250_000 },
  cost: { calls, mean: 0.12, variance: 0.01 },
  ...bad,
});

describe("canary guard", () => {
  test("the error rates allowed for its measures add up to 5 %", () => {
    const all = guardedNames.reduce((sum, name) => sum + guardedMetrics[name].alpha, 0);
    expect(all).toBeCloseTo(0.05, 10);
  });

  test("an unchanged version is judged worse in at most 5 % of runs, if checked after every call", () => {
    const results = simulate(2_000, 300, usualQuality, usualQuality, 500);
    expect(shareOf(results, (one) => one !== null)).toBeLessThanOrEqual(0.05);
  }, 120_000);

  // What a number of calls can show: the rarer hangs were before, the clearer are five points more.
  test.each([
    [0.01, 0.85],
    [0.02, 0.78],
    [0.03, 0.65],
  ])(
    "a hang rate 5 pt above %d is detected before 200 calls in at least a share of %d of runs",
    (hangs, share) => {
      const baseline = { ...usualQuality, hangs };
      const results = simulate(200, 199, { ...usualQuality, hangs: hangs + 0.05 }, baseline);
      expect(shareOf(results, (one) => one?.by.includes("hangRate") ?? false)).toBeGreaterThanOrEqual(share);
    },
    60_000,
  );

  test("a hang rate 5 pt higher is judged worse within 1,000 calls in at least 97 % of runs", () => {
    const results = simulate(100, 1_000, { ...usualQuality, hangs: usualQuality.hangs + 0.05 });
    expect(shareOf(results, (one) => one !== null)).toBeGreaterThanOrEqual(0.97);
  }, 60_000);

  test("the interval contains the true difference at every check in at least 95 % of runs", () => {
    const [from, to] = [0.06, 0.09];
    const runs = Array.from({ length: 200 }, (_, run) => {
      const random = createRandom(`${seed}/interval/${run}`);
      const draw = (calls: number, chance: number) =>
        Array.from({ length: calls }, () => random.chance(chance)).filter(Boolean).length;
      const baseline = { hits: draw(1_000, from), calls: 1_000 };
      const version = { hits: 0, calls: 0 };
      for (let look = 0; look < 20; look += 1) {
        version.calls += 20;
        version.hits += draw(20, to);
        const found = compareShares(baseline, version, 0.025);
        if (found.from > to - from || found.to < to - from) return false;
      }
      return true;
    });
    expect(shareOf(runs, (holds) => holds)).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  test("the comparison and the guard judge a version worse in the same measures", () => {
    const count = (of: number) => fc.nat({ max: of });
    fc.assert(
      fc.property(
        count(300),
        count(60),
        count(60),
        fc.double({ min: 0.05, max: 0.4, noNaN: true }),
        (before, hung, failed, cost) => {
          const baseline = sums(1_000, { hung: before, failed: before });
          const version = sums(100, { hung, failed, cost: { calls: 100, mean: cost, variance: 0.02 } });
          const worse = compareVersions(baseline, version).filter(({ verdict }) => verdict === "worse");
          expect(worse.map(({ metric }) => metric)).toEqual(findWorse(baseline, version));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the verdict says how much worse each measure is, in points and dollars", () => {
    const baseline = sums(2_000, { hung: 40 });
    const version = sums(400, { hung: 40, cost: { calls: 400, mean: 0.2, variance: 0.01 } });
    const words = describeVerdict(compareVersions(baseline, version), "worse");
    expect(words).toMatch(
      /^hang rate \+8\.0 pt \(\d\.\d–1\d\.\d\), cost per call \+\$0\.08 \(\$0\.0\d–\$0\.1\d\)$/,
    );
  });

  test("lower success is judged worse, and higher containment better", () => {
    const found = compareVersions(
      sums(2_000, { unsuccessful: 100, transferred: 100 }),
      sums(500, { unsuccessful: 150, transferred: 5 }),
    );
    expect(found.find(({ metric }) => metric === "success")).toMatchObject({
      baseline: 0.95,
      version: 0.7,
      verdict: "worse",
    });
    expect(found.find(({ metric }) => metric === "containment")?.verdict).toBe("better");
  });

  test("too few calls of either version give no verdict", () => {
    const bad = sums(19, { hung: 19 });
    expect(findWorse(sums(2_000), bad)).toEqual([]);
    expect(findWorse(sums(99), sums(200, { hung: 100 }))).toEqual([]);
    expect(compareVersions(sums(2_000), bad)[0]).toMatchObject({
      verdict: "too-few-calls",
      difference: null,
    });
  });

  test("means with zero variance can be compared", () => {
    const flat = { calls: 100, mean: 1, variance: 0 };
    expect(compareMeans(flat, { ...flat, mean: 2 }, 0.01)).toEqual({ by: 1, from: 1, to: 1 });
  });
});
