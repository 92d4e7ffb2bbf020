import * as z from "zod";
import type { Counted, Measured } from "@/lib/analytics/sequential-test";
import { formatCost, formatSeconds } from "@/lib/format";

/** Sums over one version's calls. Cost and response are known for only some of them. */
export interface VersionSums {
  calls: number;
  hung: number;
  /** Ended by our error or a provider's. */
  failed: number;
  transferred: number;
  /** Calls with an evaluation of success. */
  evaluated: number;
  unsuccessful: number;
  /** Mean response time of a call, in ms. */
  response: Measured;
  /** US dollars per call. */
  cost: Measured;
}

export const guardedNames = [
  "hangRate",
  "failureRate",
  "success",
  "containment",
  "response",
  "cost",
] as const;

export type GuardedName = (typeof guardedNames)[number];

export interface Guarded {
  label: string;
  /** As in "Version 8 is worse: hang rate +4.1 pt". */
  inSentence: string;
  /** Largest probability of wrongly calling a version worse by this metric. The six add up to 5 %. */
  alpha: number;
  /** Whether a greater share is better. */
  isGood: boolean;
  of: (sums: VersionSums) => { kind: "share"; bad: Counted } | { kind: "mean"; measured: Measured };
  format: (value: number) => string;
  /** A difference, without its sign. */
  formatBy: (by: number) => string;
}

const share = (
  label: string,
  inSentence: string,
  alpha: number,
  bad: (sums: VersionSums) => Counted,
  isGood = false,
): Guarded => ({
  label,
  inSentence,
  alpha,
  isGood,
  of: (sums) => ({ kind: "share", bad: bad(sums) }),
  format: (value) => `${(value * 100).toFixed(1)} %`,
  formatBy: (by) => `${(by * 100).toFixed(1)} pt`,
});

/**
 * Metrics that versions are compared by. Hangs get most of the 5 %, because they show first; means need little, because
 * so few calls tell them apart.
 */
export const guardedMetrics: Readonly<Record<GuardedName, Guarded>> = {
  hangRate: share("Hang rate", "hang rate", 0.03, ({ hung, calls }) => ({ hits: hung, calls })),
  failureRate: share("Failure rate", "failure rate", 0.01, ({ failed, calls }) => ({ hits: failed, calls })),
  success: share(
    "Success",
    "success",
    0.004,
    ({ unsuccessful, evaluated }) => ({ hits: unsuccessful, calls: evaluated }),
    true,
  ),
  containment: share(
    "Containment",
    "containment",
    0.003,
    ({ transferred, calls }) => ({ hits: transferred, calls }),
    true,
  ),
  response: {
    label: "Mean response",
    inSentence: "response",
    alpha: 0.0015,
    isGood: false,
    of: ({ response }) => ({ kind: "mean", measured: response }),
    format: formatSeconds,
    formatBy: (by) => `${(by / 1000).toFixed(1)} s`,
  },
  cost: {
    label: "Cost per call",
    inSentence: "cost per call",
    alpha: 0.0015,
    isGood: false,
    of: ({ cost }) => ({ kind: "mean", measured: cost }),
    format: formatCost,
    formatBy: formatCost,
  },
};

/** Versions with fewer calls are not compared. */
export const fewestCalls = 20;
/** Below this number of calls, a mean may be far from the normal distribution that the test assumes. */
export const fewestMeasured = 40;
/** Minimum number of calls of a baseline. */
export const fewestBefore = 100;
/** A version is compared by at most this many of its first calls; after them it is no longer new. */
export const mostCalls = 1_000;
/** The baseline's sums cover at most this many of its last calls. */
export const mostBefore = 2_000;

export const verdicts = ["worse", "better", "no-difference", "too-few-calls"] as const;

/**
 * A comparison of two versions by one metric. Shares are between 0 and 1, times in ms, costs in US dollars; null:
 * unknown.
 */
export const metricComparisonSchema = z.object({
  metric: z.enum(guardedNames),
  baseline: z.number().nullable(),
  version: z.number().nullable(),
  /** The difference and its confidence interval, which holds no matter how often one checks. */
  difference: z.object({ by: z.number(), from: z.number(), to: z.number() }).nullable(),
  verdict: z.enum(verdicts),
});

export type MetricComparison = z.infer<typeof metricComparisonSchema>;

/** "+4.1 pt (1.9–6.2)"; null if unknown. */
export function describeDifference({ metric, difference }: MetricComparison): string | null {
  if (!difference) return null;
  const { formatBy } = guardedMetrics[metric];
  const { by, from, to } = difference;
  const bare = (value: number) =>
    `${value < 0 ? "−" : ""}${formatBy(Math.abs(value)).replace(/ (?:pt|s)$/, "")}`;
  const between = `${bare(from)}${from < 0 ? " to " : "–"}${bare(to)}`;
  return `${by < 0 ? "−" : "+"}${formatBy(Math.abs(by))} (${between})`;
}

/** "hang rate +4.1 pt (1.9–6.2), cost per call +$0.04 ($0.01–$0.07)": every metric with the given verdict. */
export function describeVerdict(
  comparisons: readonly MetricComparison[],
  verdict: "worse" | "better",
): string | null {
  const found = comparisons.filter((each) => each.verdict === verdict);
  if (found.length === 0) return null;
  return found
    .map((each) => `${guardedMetrics[each.metric].inSentence} ${describeDifference(each)}`)
    .join(", ");
}

const versionSchema = z.object({
  version: z.string(),
  calls: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});

export type AssistantVersion = z.infer<typeof versionSchema>;

export const versionComparisonSchema = z.object({
  assistant: z.string(),
  name: z.string(),
  /** Versions with calls in the last 30 days, newest first. */
  versions: z.array(versionSchema),
  /** Null unless there are two versions to compare. */
  comparison: z
    .object({
      baseline: z.string(),
      version: z.string(),
      /** Number of calls compared on each side. */
      calls: z.object({ baseline: z.number().int(), version: z.number().int() }),
      metrics: z.array(metricComparisonSchema),
      /** Most frequent first. An empty code: unknown. */
      reasons: z.array(z.object({ code: z.string(), baseline: z.number().int(), version: z.number().int() })),
    })
    .nullable(),
});

export type VersionComparison = z.infer<typeof versionComparisonSchema>;

export const versionFilterSchema = z.object({
  /** An assistant's id, or its name if it has none. */
  assistant: z.string().min(1).max(200),
  /** The newest by default. */
  version: z.string().min(1).max(200).optional(),
  /** By default the latest earlier version with at least 100 calls. */
  baseline: z.string().min(1).max(200).optional(),
});

export type VersionFilter = z.infer<typeof versionFilterSchema>;

/** The default baseline of a version: the latest earlier version with enough calls. */
export function chooseBaseline(
  versions: readonly AssistantVersion[],
  version: AssistantVersion,
): AssistantVersion | null {
  const before = versions.filter(({ firstAt }) => firstAt < version.firstAt);
  return before.find(({ calls }) => calls >= fewestBefore) ?? null;
}

/** "v8": a version as Vapi names it; bare numbers get a "v". */
export function versionLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
