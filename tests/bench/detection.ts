import { createRandom } from "@/scripts/simulator/random";
import { type Quality, usualQuality, watchVersion } from "@/tests/support/makers/simulate-versions";

const before = 2_000;
const soon = 200;

interface Scenario {
  name: string;
  baseline: Quality;
  quality: Quality;
  calls: number;
}

const hanging = (from: number, by: number): Scenario => ({
  name: `hang rate ${from * 100} % + ${by * 100} pt`,
  baseline: { ...usualQuality, hangs: from },
  quality: { ...usualQuality, hangs: from + by },
  calls: 1_000,
});

const becoming = (name: string, quality: Partial<Quality>): Scenario => ({
  name,
  baseline: usualQuality,
  quality: { ...usualQuality, ...quality },
  calls: 1_000,
});

const scenarios: Scenario[] = [
  ...[0.01, 0.02, 0.03, 0.05, 0.1].map((from) => hanging(from, 0.05)),
  hanging(0.03, 0.1),
  becoming("failure rate 2 % + 5 pt", { failures: 0.07 }),
  becoming("success 80 % − 5 pt", { unsuccessful: 0.25 }),
  becoming("success 80 % − 15 pt", { unsuccessful: 0.35 }),
  becoming("containment 85 % − 10 pt", { transfers: 0.25 }),
  becoming("response 1.2 s + 0.2 s", { responseMs: 1_400 }),
  becoming("cost $0.12 + $0.04", { costUsd: 0.16 }),
];

/** How soon a version that got worse is called so, and how often one that did not is: both by simulated calls, looked at one by one. */
export function benchDetection({ runs }: { runs: number }): void {
  const seed = process.env.EARSHOT_SEED ?? "detection";
  console.log(
    `Versions that got worse, after ${before} calls of the one before (seed "${seed}", ${runs} runs each)`,
  );
  console.log("                                found within 200 calls   within 1,000   half of them by call");
  for (const { name, baseline, quality, calls } of scenarios) {
    const found = Array.from({ length: runs }, (_, run) =>
      watchVersion(
        { quality: baseline, calls: before },
        quality,
        calls,
        createRandom(`${seed}/${name}/${run}`),
      ),
    ).flatMap((told) => told?.at ?? []);
    const half = found.toSorted((a, b) => a - b)[Math.floor(runs / 2)];
    console.log(
      `  ${name.padEnd(30)}${percent(found.filter((at) => at < soon).length, runs).padStart(14)}${percent(found.length, runs).padStart(19)}${String(half ?? "–").padStart(16)}`,
    );
  }
  const stopped = Array.from({ length: runs * 4 }, (_, run) =>
    watchVersion(
      { quality: usualQuality, calls: before },
      usualQuality,
      1_000,
      createRandom(`${seed}/same/${run}`),
    ),
  ).filter((told) => told !== null);
  console.log(
    `Versions that are the same, all six measures, looked at after each of 1,000 calls: ${percent(stopped.length, runs * 4)} called worse (5 % allowed)`,
  );
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}
