import * as z from "zod";
import type { Counted, Measured } from "@/lib/analytics/sequential-test";
import { formatCost, formatSeconds } from "@/lib/format";

/** What is added up of one version's calls. Costs and responses are known of some of them only. */
export interface VersionSums {
  calls: number;
  hung: number;
  /** Ended by our fault or a provider's. */
  failed: number;
  transferred: number;
  /** Calls with an evaluation that says whether they were a success. */
  evaluated: number;
  unsuccessful: number;
  /** Mean response time of a call, in ms. */
  response: Measured;
  /** US dollars a call. */
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
  /** How likely it may be at most that it calls a version worse that is not; the six together make 5 %. */
  alpha: number;
  /** Whether a greater share is good news. */
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
 * What versions are compared by. Most of the 5 % is given to hangs, which calls show first; means are told apart by so few calls
 * that they need little.
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

/** Fewer calls of a version show nothing, and are left alone. */
export const fewestCalls = 20;
/** A mean of fewer calls may be far from what the test takes it to be distributed like. */
export const fewestMeasured = 40;
/** What a version is compared with has at least so many calls. */
export const fewestBefore = 100;
/** A version is watched for its first calls; it is no longer new after them. */
export const mostCalls = 1_000;
/** So many calls before it are looked at, the last ones. */
export const mostBefore = 2_000;

export const verdicts = ["worse", "better", "no-difference", "too-few-calls"] as const;

/** One thing two versions are compared by. Shares are between 0 and 1, times in ms, costs in US dollars; null: not known. */
export const metricComparisonSchema = z.object({
  metric: z.enum(guardedNames),
  baseline: z.number().nullable(),
  version: z.number().nullable(),
  /** The difference, and between what it lies, whenever one looks. */
  difference: z.object({ by: z.number(), from: z.number(), to: z.number() }).nullable(),
  verdict: z.enum(verdicts),
});

export type MetricComparison = z.infer<typeof metricComparisonSchema>;

/** "+4.1 pt (1.9–6.2)"; null where it is not known. */
export function describeDifference({ metric, difference }: MetricComparison): string | null {
  if (!difference) return null;
  const { formatBy } = guardedMetrics[metric];
  const { by, from, to } = difference;
  const bare = (value: number) =>
    `${value < 0 ? "−" : ""}${formatBy(Math.abs(value)).replace(/ (?:pt|s)$/, "")}`;
  const between = `${bare(from)}${from < 0 ? " to " : "–"}${bare(to)}`;
  return `${by < 0 ? "−" : "+"}${formatBy(Math.abs(by))} (${between})`;
}

/** "hang rate +4.1 pt (1.9–6.2), cost per call +$0.04 ($0.01–$0.07)": what it is worse, or better, by. */
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

/** One of an assistant's versions. */
export const versionSchema = z.object({
  version: z.string(),
  calls: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});

export type AssistantVersion = z.infer<typeof versionSchema>;

export const versionComparisonSchema = z.object({
  assistant: z.string(),
  name: z.string(),
  /** Those with calls in the last 30 days, newest first. */
  versions: z.array(versionSchema),
  /** Null where there are no two to compare. */
  comparison: z
    .object({
      baseline: z.string(),
      version: z.string(),
      /** How many calls of either are looked at. */
      calls: z.object({ baseline: z.number().int(), version: z.number().int() }),
      metrics: z.array(metricComparisonSchema),
      /** Most frequent first. An empty code: not known. */
      reasons: z.array(z.object({ code: z.string(), baseline: z.number().int(), version: z.number().int() })),
    })
    .nullable(),
});

export type VersionComparison = z.infer<typeof versionComparisonSchema>;

export const versionFilterSchema = z.object({
  /** An assistant's id, or its name where it has none. */
  assistant: z.string().min(1).max(200),
  /** The newest one by default. */
  version: z.string().min(1).max(200).optional(),
  /** The one before it by default, with 100 calls or more. */
  baseline: z.string().min(1).max(200).optional(),
});

export type VersionFilter = z.infer<typeof versionFilterSchema>;

/** The default baseline of a version: the one before it that has enough calls. */
export function chooseBaseline(
  versions: readonly AssistantVersion[],
  version: AssistantVersion,
): AssistantVersion | null {
  const before = versions.filter(({ firstAt }) => firstAt < version.firstAt);
  return before.find(({ calls }) => calls >= fewestBefore) ?? null;
}

/** "v8": as Vapi calls it, a bare number with its v. */
export function versionLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
