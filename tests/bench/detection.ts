import { usualWeeks } from "@/lib/rates/usual";
import { createRandom } from "@/scripts/simulator/random";
import { quietFrom, watchOutage, watchQuiet } from "@/tests/support/makers/simulate-outages";
import { type Quality, usualQuality, watchVersion } from "@/tests/support/makers/simulate-versions";
import { outageCauses } from "@/tests/support/makers/simulated-calls";
import { Weeks } from "@/tests/support/makers/simulated-weeks";

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

/** Measures how soon a worse version is detected, and how often an unchanged one is flagged, on simulated calls. */
export function benchDetection({ runs }: { runs: number }): void {
  const seed = process.env.EARSHOT_SEED ?? "detection";
  benchOutages(seed, Math.ceil(runs / 10));
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
    ).flatMap((result) => result?.at ?? []);
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
  ).filter((result) => result !== null);
  console.log(
    `Versions that are the same, all six measures, looked at after each of 1,000 calls: ${percent(stopped.length, runs * 4)} called worse (5 % allowed)`,
  );
}

const loads = [0.5, 5, 50];
const quietDays = 7;
const inTimeMs = 60_000;
const target = 0.9;
const mostFalseAlarms = 1;

/**
 * Measures at several loads how often an outage is attributed to the right cause in time, and how often one is reported that does
 * not exist. The target applies only where five calls are hit within the first minute: fewer are not enough evidence.
 */
function benchOutages(seed: string, runs: number): void {
  console.log(
    `Outages in a working hour, after ${usualWeeks} weeks of calls (seed "${seed}", ${runs} runs each); seconds are medians`,
  );
  console.log(
    "  calls/min  cause        fifth call hit   incident   right cause   right ≤ 60 s after the fifth   ≤ 60 s after the start",
  );
  let hasMissed = false;
  for (const load of loads) {
    const weeks = new Weeks(`${seed}/${load}`, load, quietFrom);
    for (const cause of outageCauses) {
      const found = Array.from({ length: runs }, (_, run) =>
        watchOutage(`${seed}/${cause}/${load}/${run}`, weeks, cause),
      );
      const inTime = found.filter(({ rightMs }) => rightMs !== null && rightMs <= inTimeMs).length;
      const sinceStart = found.filter(
        ({ rightSinceStartMs }) => rightSinceStartMs !== null && rightSinceStartMs <= inTimeMs,
      ).length;
      const fifth = medianOf(found.map(({ fifthMs }) => fifthMs));
      const isAsked = fifth <= inTimeMs;
      const isMissed = isAsked && inTime < target * runs;
      hasMissed ||= isMissed;
      const cells = [
        seconds(fifth).padStart(16),
        seconds(medianOf(found.map(({ openedMs }) => openedMs))).padStart(11),
        seconds(medianOf(found.map(({ rightSinceStartMs }) => rightSinceStartMs))).padStart(14),
        percent(inTime, runs).padStart(31),
        percent(sinceStart, runs).padStart(25),
        isMissed ? "  missed" : isAsked ? "" : "  too few calls to ask for",
      ];
      console.log(`  ${String(load).padEnd(10)} ${cause.padEnd(12)}${cells.join("")}`);
    }
  }
  for (const load of loads) {
    const alarms = watchQuiet(`${seed}/quiet`, load, quietDays);
    hasMissed ||= alarms.length > mostFalseAlarms;
    console.log(
      `  ${quietDays} days without an outage at ${load} calls/min: ${alarms.length} false alarms (${mostFalseAlarms} allowed)${alarms.map(({ at, what }) => `; ${new Date(at).toISOString()} ${what}`).join("")}`,
    );
  }
  if (hasMissed) process.exitCode = 1;
}

function medianOf(values: readonly (number | null)[]): number {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}

const seconds = (ms: number) => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(0)} s` : "–");

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}
