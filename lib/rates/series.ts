import { replyBins } from "@/lib/analytics/figures";
import { vendorNames } from "@/lib/calls/costs";
import { type LatencyStage, latencyStages } from "@/lib/calls/report";
import { findFailure } from "@/lib/incidents/failure";
import { type CauseKind, type CauseValues, wholeAccount } from "@/lib/incidents/incident";
import { median } from "@/lib/rates/statistics";

/** Calls are counted per quarter of an hour, because UTC quarters add up to hours in every time zone. */
export const quarterMs = 15 * 60_000;

/** The kinds calls are counted by: those of an incident's cause, and each provider in each part of a call it serves. */
export type SeriesKind = CauseKind | "part";

/** Counts over a period for one value of one kind. */
export interface SeriesCount {
  kind: SeriesKind;
  value: string;
  /** Calls that began. */
  begun: number;
  /** Calls that ended; for a part, those it took part in. */
  ended: number;
  /** Calls that ended in a failure. */
  failures: number;
  /** Calls in which the assistant hung, gave no answer or fell silent. */
  alerts: number;
  /** Calls in which a tool failed. */
  tools: number;
  /** Total in US dollars (for a part, its billed amount), and the number of calls for which it was known. */
  costUsd: number;
  costed: number;
  /** Response times in bins (lib/analytics/figures.ts). */
  replies: number[];
  /** The part's p95 latency in ms; null if not measured. */
  p95Ms: number | null;
}

/** One ended call, as input for the counts. */
export interface EndedCall {
  causes: CauseValues;
  endedReason: string | null;
  costUsd: number | null;
  replies: readonly number[];
  /** Amounts billed per part, in Vapi's terms. */
  billed: readonly { kind: string; provider: string | null; usd: number }[];
  /** Latency of each part in each turn, in ms. */
  turns: readonly Partial<Record<LatencyStage, number | null>>[];
  tools: readonly { name: string; hasFailed: boolean; ms: number | null }[];
}

export interface Happened {
  /** Calls that began, by their causes; `count` calls for each. */
  begun: readonly { causes: CauseValues; count: number }[];
  ended: readonly EndedCall[];
  /** Calls on which an alert opened. */
  alerts: readonly { causes: CauseValues }[];
  /** Durations of Earshot's responses to assistant requests, in ms. */
  answered: readonly number[];
}

type Counting = SeriesCount & { ms: number[] };

/** Counts events for each value of each kind. */
export function countSeries({ begun, ended, alerts, answered }: Happened): SeriesCount[] {
  const series = new Map<string, Counting>();
  const of = (kind: SeriesKind, value: string): Counting => {
    const key = `${kind} ${value}`;
    const known = series.get(key) ?? { ...nothing(kind, value), ms: [] };
    series.set(key, known);
    return known;
  };
  const ofAll = (causes: CauseValues) => [
    of("account", wholeAccount),
    ...toPairs(causes).map(([kind, value]) => of(kind, value)),
  ];
  for (const { causes, count } of begun) for (const each of ofAll(causes)) each.begun += count;
  for (const { causes } of alerts)
    for (const each of ofAll({ ...causes, stage: "response" })) each.alerts += 1;
  for (const call of ended) {
    const failure = call.endedReason === null ? null : findFailure(call.endedReason);
    for (const each of ofAll(call.causes)) addCall(each, call, failure !== null);
    if (failure && call.endedReason !== null) {
      of("end-reason", call.endedReason).failures += 1;
      if (failure.provider) of("provider", failure.provider).failures += 1;
      if (failure.stage) of("stage", failure.stage).failures += 1;
      const part = of("part", partValue(failure.stage ?? "platform", failure.provider));
      part.failures += 1;
      // A provider that failed before billing anything still took part.
      if (!partsOf(call).has(part.value)) part.ended += 1;
    }
    for (const [value, { ms, usd }] of partsOf(call)) {
      const part = of("part", value);
      part.ended += 1;
      part.costUsd += usd;
      part.costed += 1;
      part.ms.push(...ms);
    }
    for (const { name, hasFailed, ms } of call.tools) {
      const [tool, part] = [of("tool", name), of("part", partValue("tool", name))];
      part.ended += 1;
      if (ms !== null) part.ms.push(ms);
      if (!hasFailed) continue;
      tool.tools += 1;
      part.failures += 1;
    }
    if (call.tools.some(({ hasFailed }) => hasFailed)) {
      for (const each of ofAll({ ...call.causes, stage: "tool" })) each.tools += 1;
    }
  }
  if (answered.length > 0) {
    const webhook = of("part", partValue("webhook", null));
    webhook.ended += answered.length;
    webhook.ms.push(...answered);
  }
  return [...series.values()].map(({ ms, ...each }) => ({ ...each, p95Ms: p95(ms) }));
}

function nothing(kind: SeriesKind, value: string): SeriesCount {
  const counts = { begun: 0, ended: 0, failures: 0, alerts: 0, tools: 0, costUsd: 0, costed: 0 };
  return { kind, value, ...counts, replies: new Array<number>(replyBins).fill(0), p95Ms: null };
}

const toPairs = (causes: CauseValues) => Object.entries(causes) as [CauseKind, string][];

function addCall(each: Counting, { costUsd, replies }: EndedCall, hasFailed: boolean): void {
  each.ended += 1;
  each.failures += Number(hasFailed);
  each.costUsd += costUsd ?? 0;
  each.costed += Number(costUsd !== null);
  for (const [bin, count] of replies.entries()) each.replies[bin] = (each.replies[bin] ?? 0) + count;
}

/** Adds up the counts for each value. A part's p95 becomes the median of the p95s, for example of an hour's four quarters. */
export function sumCounts(counts: readonly SeriesCount[]): SeriesCount[] {
  const sums = new Map<string, Counting>();
  for (const each of counts) {
    const key = `${each.kind} ${each.value}`;
    const sum = sums.get(key) ?? { ...nothing(each.kind, each.value), ms: [] };
    sums.set(key, sum);
    for (const name of ["begun", "ended", "failures", "alerts", "tools", "costUsd", "costed"] as const) {
      sum[name] += each[name];
    }
    for (const [bin, count] of each.replies.entries()) sum.replies[bin] = (sum.replies[bin] ?? 0) + count;
    if (each.p95Ms !== null) sum.ms.push(each.p95Ms);
  }
  return [...sums.values()].map(({ ms, ...sum }) => ({ ...sum, p95Ms: ms.length > 0 ? median(ms) : null }));
}

/** A provider in the part it serves: "voice ElevenLabs". A part without a provider: "webhook ". */
const partValue = (stage: string, provider: string | null) => `${stage} ${provider ?? ""}`;

export function splitPart(value: string): { stage: string; provider: string | null } {
  const at = value.indexOf(" ");
  return { stage: value.slice(0, at), provider: value.slice(at + 1) || null };
}

/** Returns the part that failed according to an end reason; null if it is not a failure. */
export function failedPart(code: string): string | null {
  const failure = findFailure(code);
  return failure && partValue(failure.stage ?? "platform", failure.provider);
}

interface BilledPart {
  /** Latency in each turn. */
  ms: readonly number[];
  usd: number;
}

/** Returns the names of the providers that a call used. */
export function billedProviders(billed: EndedCall["billed"]): string[] {
  return [...partsOf({ billed, turns: [] }).keys()].flatMap((value) => splitPart(value).provider ?? []);
}

/** Returns the billed parts of a call. Vapi may bill one provider several times for one part. */
function partsOf({ billed, turns }: Pick<EndedCall, "billed" | "turns">): Map<string, BilledPart> {
  const parts = new Map<string, BilledPart>();
  for (const { kind, provider, usd } of billed) {
    if (provider === null || !["transport", "transcriber", "model", "voice"].includes(kind)) continue;
    const stage = latencyStages.find((each) => each === kind);
    const value = partValue(kind, providerName(provider));
    parts.set(value, {
      ms: stage ? turns.flatMap((turn) => turn[stage] ?? []) : [],
      usd: usd + (parts.get(value)?.usd ?? 0),
    });
  }
  return parts;
}

/** Providers whose codes in bills differ from those in end reasons. */
const billedNames = new Map([
  ["11labs", "ElevenLabs"],
  ["twilio", "Twilio"],
  ["vonage", "Vonage"],
  ["telnyx", "Telnyx"],
]);

function providerName(code: string): string {
  return billedNames.get(code) ?? vendorNames.find(([vendor]) => vendor === code)?.[1] ?? code;
}

/** The nearest-rank percentile. */
function p95(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}
