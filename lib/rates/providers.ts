import * as z from "zod";
import { formatMs } from "@/lib/format";
import { stageLabel } from "@/lib/incidents/cause-label";
import { type SeriesCount, splitPart } from "@/lib/rates/series";
import { chanceOfMore, median } from "@/lib/rates/statistics";

const countsSchema = z.object({
  /** Calls it took part in; for a tool its invocations, for our webhook the assistant requests. */
  calls: z.number().int(),
  failures: z.number().int(),
  /** The p95 latency; null where it is not measured. */
  p95Ms: z.number().nullable(),
});

export type PartCounts = z.infer<typeof countsSchema>;

export const partStates = ["failing", "slow", "usual", "no-calls"] as const;

/** A provider, or a part of our own, with the part of a call it serves. */
export const partSchema = z.object({
  stage: z.string(),
  /** The provider's name, or a tool's in the stage `tool`; null for a part without a provider. */
  provider: z.string().nullable(),
  state: z.enum(partStates),
  /** The last 15 minutes, and the last hour. */
  quarter: countsSchema,
  hour: countsSchema,
  /** Over the last seven days; null without data. */
  usual: z.object({ failureShare: z.number().nullable(), p95Ms: z.number().nullable() }),
  /** The last 24 hours by hour, oldest first. */
  steps: z.array(countsSchema.extend({ at: z.iso.datetime() })),
  /** End reasons of its failures in the last 24 hours, most frequent first. */
  reasons: z.array(z.object({ code: z.string(), calls: z.number().int() })),
});

export type Part = z.infer<typeof partSchema>;

export const providersSchema = z.object({
  at: z.iso.datetime(),
  /** Parts in trouble first, then by number of calls. */
  parts: z.array(partSchema),
});

export type Providers = z.infer<typeof providersSchema>;

/** Removes tools, for people who may not see them: a tool's name can contain anything. */
export function withoutTools({ at, parts }: Providers): Providers {
  return { at, parts: parts.filter(({ stage }) => stage !== "tool") };
}

type Kept = Pick<SeriesCount, "value" | "ended" | "failures" | "p95Ms"> & { at: Date };

interface Known {
  quarter: readonly SeriesCount[];
  hour: readonly SeriesCount[];
  /** The last seven days by quarter of an hour. */
  kept: readonly Kept[];
  /** End reasons of the last 24 hours, by the part that failed. */
  reasons: ReadonlyMap<string, readonly { code: string; calls: number }[]>;
}

const hourMs = 60 * 60_000;
const hoursShown = 24;
/** A part that is hardly known is assumed to fail in one of a hundred calls. */
const priorCalls = 50;
const fewestFailures = 3;
const fewestMeasured = 20;
const unlikely = 1e-4;
const slowTimes = 1.5;

/** Turns the counts of each part into its state now and its usual figures. */
export function toProviders({ quarter, hour, kept, reasons }: Known, now: Date): Providers {
  const partsOf = (counts: readonly SeriesCount[]) => counts.filter(({ kind }) => kind === "part");
  const values = new Set([...partsOf(hour), ...kept].map(({ value }) => value));
  const thisHour = Math.floor(now.getTime() / hourMs) * hourMs;
  const parts = [...values].map((value): Part => {
    const own = kept.filter((each) => each.value === value);
    const before = own.filter(({ at }) => at.getTime() < now.getTime() - hourMs);
    const [usualCalls, usualFailures] = [sum(before, "ended"), sum(before, "failures")];
    const p95s = before.flatMap(({ p95Ms }) => p95Ms ?? []);
    const usual = {
      failureShare: usualCalls === 0 ? null : usualFailures / usualCalls,
      p95Ms: p95s.length === 0 ? null : median(p95s),
    };
    const counts = {
      quarter: toCounts(partsOf(quarter).filter((each) => each.value === value)),
      hour: toCounts(partsOf(hour).filter((each) => each.value === value)),
    };
    const expected = (usualFailures + 0.5) / (usualCalls + priorCalls);
    return {
      ...splitPart(value),
      state: stateOf(counts, expected, usual.p95Ms),
      ...counts,
      usual,
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
    parts: parts.filter((part) => !isGone(part)).sort(byTrouble),
  };
}

const sum = (all: readonly Kept[], name: "ended" | "failures") =>
  all.reduce((total, each) => total + each[name], 0);

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
  usualShare: number,
  usualP95: number | null,
): Part["state"] {
  const isFailing = ({ calls, failures }: PartCounts) =>
    failures >= fewestFailures && chanceOfMore(failures, usualShare * Math.max(1, calls)) < unlikely;
  if (isFailing(quarter)) return "failing";
  const recent = quarter.calls >= fewestMeasured ? quarter : hour;
  if (recent.calls === 0) return "no-calls";
  const isSlow =
    recent.calls >= fewestMeasured && usualP95 !== null && (recent.p95Ms ?? 0) >= usualP95 * slowTimes;
  return isSlow ? "slow" : "usual";
}

function byTrouble(a: Part, b: Part): number {
  return (
    partStates.indexOf(a.state) - partStates.indexOf(b.state) ||
    b.hour.calls - a.hour.calls ||
    partName(a).localeCompare(partName(b), "en")
  );
}

/** "ElevenLabs", or the stage where there is no provider. */
export const partName = ({ stage, provider }: Pick<Part, "stage" | "provider">) =>
  provider ?? stageLabel(stage);

const percent = (share: number) => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;

export const formatShare = (failures: number, calls: number) =>
  calls === 0 ? "–" : percent(failures / calls);

export const formatUsualShare = (share: number | null) => (share === null ? "–" : percent(share));

/** "ElevenLabs fails 41 of 44 calls (15 min); usually 0.3 %." Null where nothing is wrong. */
export function describePart(part: Part): string | null {
  const { quarter, hour, usual, state, stage } = part;
  const name =
    part.provider === null ? partName(part) : `${partName(part)} (${stageLabel(stage).toLowerCase()})`;
  if (state === "failing") {
    const usually = usual.failureShare === null ? "" : `, usually ${percent(usual.failureShare)}`;
    return `${name} failed in ${quarter.failures} of ${quarter.calls} calls in the last 15 min${usually}.`;
  }
  const p95 = quarter.calls >= fewestMeasured ? quarter.p95Ms : hour.p95Ms;
  if (state === "slow" && p95 !== null && usual.p95Ms !== null)
    return `${name} is slow: p95 ${formatMs(p95)}, usually ${formatMs(usual.p95Ms)}.`;
  return null;
}
