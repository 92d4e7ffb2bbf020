import * as z from "zod";
import { type Metric, metrics } from "@/lib/analytics/analytics";
import { findPercentile } from "@/lib/analytics/figures";
import { vendorLabel } from "@/lib/calls/costs";
import type { latencyStages } from "@/lib/calls/report";
import { formatMs } from "@/lib/format";
import { findFailure } from "@/lib/incidents/failure";

/** Parts of Vapi's bill that stand for a provider's service. */
export const billedStages = ["transport", "transcriber", "model", "voice", "vapi"] as const;

/** Upper edges of the bins for a stage's times in milliseconds, exclusive; one more bin lies above the last edge. */
export const stageEdgesMs: readonly number[] = [
  ...Array.from({ length: 16 }, (_, index) => 25 * (index + 1)),
  ...Array.from({ length: 8 }, (_, index) => 400 + 50 * (index + 1)),
  ...Array.from({ length: 7 }, (_, index) => 800 + 100 * (index + 1)),
  1_750,
  2_000,
  2_500,
  3_000,
  4_000,
  5_000,
  7_500,
  10_000,
];

export const stageBins = stageEdgesMs.length + 1;

export const stageLabels = {
  endpointing: "Endpointing",
  transcriber: "Transcription",
  model: "Model",
  voice: "Voice",
  transport: "Phone line",
  vapi: "Platform",
} as const;

type Stage = keyof typeof stageLabels;

const share = z.number().nullable();
const timesSchema = z.object({ replies: z.number().int(), p50Ms: share, p95Ms: share });
const stepSchema = z.object({
  endpointing: timesSchema,
  transcriber: timesSchema,
  model: timesSchema,
  voice: timesSchema,
});
const providerFiguresSchema = z.object({
  calls: z.number().int(),
  failureRate: share,
  p50Ms: share,
  p95Ms: share,
  costUsd: share,
});

/** Times of the stages of replies and figures of each service, next to the previous period. From Vapi's reports. */
export const stageAnalyticsSchema = z.object({
  figures: stepSchema,
  before: stepSchema,
  steps: z.array(
    z.object({ from: z.iso.datetime(), until: z.iso.datetime(), figures: stepSchema, before: stepSchema }),
  ),
  /** By stage, then most calls first. `stage`: null if an error does not say what failed. */
  providers: z.array(
    z.object({
      name: z.string(),
      stage: z.enum(Object.keys(stageLabels) as [Stage, ...Stage[]]).nullable(),
      figures: providerFiguresSchema,
      before: providerFiguresSchema,
    }),
  ),
});

export type StageAnalytics = z.infer<typeof stageAnalyticsSchema>;
type StageTimes = z.infer<typeof stepSchema>;
type ProviderFigures = z.infer<typeof providerFiguresSchema>;

/** Sums of one service in one stage. */
export interface StageSum {
  calls: number;
  costUsd: number;
  /** Number of replies per bin of `stageEdgesMs`. */
  replies: readonly number[];
}

interface StagePart {
  stage: string;
  provider: string;
  sum: StageSum;
}

const addUp = (sums: readonly StageSum[]): StageSum => ({
  calls: sums.reduce((all, { calls }) => all + calls, 0),
  costUsd: sums.reduce((all, { costUsd }) => all + costUsd, 0),
  replies: Array.from({ length: stageBins }, (_, bin) =>
    sums.reduce((all, { replies }) => all + (replies[bin] ?? 0), 0),
  ),
});

const toTimes = ({ replies }: StageSum) => ({
  replies: replies.reduce((all, count) => all + count, 0),
  p50Ms: findPercentile(replies, 0.5, stageEdgesMs),
  p95Ms: findPercentile(replies, 0.95, stageEdgesMs),
});

/** Sums of services → the times of each stage of a reply. */
export function toStageTimes(parts: readonly StagePart[]): StageTimes {
  const of = (wanted: (typeof latencyStages)[number]) =>
    toTimes(addUp(parts.filter(({ stage }) => stage === wanted).map(({ sum }) => sum)));
  return {
    endpointing: of("endpointing"),
    transcriber: of("transcriber"),
    model: of("model"),
    voice: of("voice"),
  };
}

/** Number of a period's calls, in total and by end reason. */
interface Ends {
  calls: number;
  reasons: ReadonlyArray<{ code: string; calls: number }>;
}

type Period = { parts: readonly StagePart[]; ends: Ends };

const keyOf = (stage: string | null, name: string) => `${stage ?? ""}\u001f${name}`;

/**
 * Compares each service in each stage: its calls, the share that ended in its error, its times and its cost. A service
 * that failed before Vapi billed it has only its failed calls.
 */
export function compareProviders(now: Period, before: Period): StageAnalytics["providers"] {
  const [current, earlier] = [toProviders(now), toProviders(before)];
  const none = { calls: 0, failureRate: null, p50Ms: null, p95Ms: null, costUsd: null };
  const order = Object.keys(stageLabels);
  return [...new Map([...earlier, ...current]).entries()]
    .map(([key, { name, stage }]) => ({
      name,
      stage,
      figures: current.get(key)?.figures ?? none,
      before: earlier.get(key)?.figures ?? none,
    }))
    .sort(
      (a, b) =>
        order.indexOf(a.stage ?? "") - order.indexOf(b.stage ?? "") ||
        b.figures.calls - a.figures.calls ||
        a.name.localeCompare(b.name, "en"),
    );
}

function toProviders({ parts, ends }: Period) {
  const failed = ends.reasons.flatMap(({ code, calls }) => {
    const failure = code === "" ? null : findFailure(code);
    return failure?.provider ? [{ name: failure.provider, stage: stageOf(failure), calls }] : [];
  });
  const billed = parts.flatMap(({ stage, provider, sum }) =>
    isStage(stage) && stage !== "endpointing" && (provider !== "" || stage === "vapi")
      ? [{ name: stage === "vapi" ? "Vapi" : vendorLabel(provider), stage, sum }]
      : [],
  );
  const rows = new Map<string, { name: string; stage: Stage | null; figures: ProviderFigures }>();
  for (const { name, stage } of [...billed, ...failed]) {
    const key = keyOf(stage, name);
    const isThis = (row: { name: string; stage: Stage | null }) => row.name === name && row.stage === stage;
    const mine = billed.filter(isThis);
    const sum = addUp(mine.map((row) => row.sum));
    const failures = failed.filter(isThis).reduce((all, row) => all + row.calls, 0);
    const calls = Math.max(stage === "vapi" ? ends.calls : sum.calls, failures);
    const { p50Ms, p95Ms } = toTimes(sum);
    rows.set(key, {
      name,
      stage,
      figures: {
        calls,
        failureRate: calls > 0 ? failures / calls : null,
        p50Ms,
        p95Ms,
        costUsd: mine.length > 0 ? sum.costUsd : null,
      },
    });
  }
  return rows;
}

function stageOf({ provider, stage }: NonNullable<ReturnType<typeof findFailure>>): Stage | null {
  if (provider === "Vapi") return "vapi";
  return stage !== null && isStage(stage) ? stage : null;
}

const isStage = (stage: string): stage is Stage => Object.hasOwn(stageLabels, stage);

const time = (label: string, about: string): Metric => ({
  label,
  about,
  format: formatMs,
  compare: "seconds",
  better: "less",
});

export const p50Metric = time("Median", "Half of the replies took less in this stage. From Vapi’s reports.");
export const p95Metric = time("p95", "One reply in twenty took longer in this stage. From Vapi’s reports.");

/** Metrics shown for each service, in this order. */
export const providerMetrics: ReadonlyArray<{ name: keyof ProviderFigures; metric: Metric }> = [
  { name: "calls", metric: metrics.calls },
  {
    name: "failureRate",
    metric: {
      ...metrics.hangRate,
      label: "Failure rate",
      about: "Calls that ended in an error of this provider.",
    },
  },
  { name: "p50Ms", metric: p50Metric },
  { name: "p95Ms", metric: p95Metric },
  { name: "costUsd", metric: metrics.costUsd },
];
