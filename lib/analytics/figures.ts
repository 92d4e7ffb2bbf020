import * as z from "zod";
import { type Call, callSpan, whenEnded } from "@/lib/calls/call";
import type { Mark } from "@/lib/calls/parts";
import { type LatencyStage, latencyStages, type Report } from "@/lib/calls/report";
import { toReplyLatencies, toTalkShare, toTurns } from "@/lib/calls/turns";

const share = z.number().nullable();

/** Figures shown for a set of calls. Shares are between 0 and 1; null if there is no data. */
export const figuresSchema = z.object({
  calls: z.number().int(),
  minutes: z.number(),
  /** Sum over the calls whose cost is known; null if there are none. */
  costUsd: z.number().nullable(),
  /** Calls in which the assistant hung. */
  hangRate: share,
  /** Calls that were not transferred. */
  containment: share,
  /** Assistant turns that the caller cut off. */
  interruptionRate: share,
  /** The caller's share of all speech. */
  callerShare: share,
  /** Share of call time without speech. */
  deadAirShare: share,
  replyP50Ms: z.number().nullable(),
  replyP95Ms: z.number().nullable(),
  /** Mean of each stage, from Vapi's reports. */
  endpointingMs: z.number().nullable(),
  transcriberMs: z.number().nullable(),
  modelMs: z.number().nullable(),
  voiceMs: z.number().nullable(),
});

export type Figures = z.infer<typeof figuresSchema>;

/** Counts and sums of one or more ended calls. Times are in milliseconds. */
export interface Measures {
  calls: number;
  durationMs: number;
  costUsd: number;
  /** Calls whose cost is known. */
  costed: number;
  /** Calls in which the assistant hung at least once. */
  hung: number;
  transferred: number;
  /** Calls whose speech is known; `measuredMs` to `interruptions` cover only these. */
  measured: number;
  measuredMs: number;
  userMs: number;
  assistantMs: number;
  /** Time without speech. */
  silentMs: number;
  assistantTurns: number;
  /** Assistant turns that the caller cut off. */
  interruptions: number;
  /** Number of reply latencies per bin of `replyEdgesMs`. */
  replies: readonly number[];
  /** By stage, in the order of `latencyStages`: the sum of milliseconds, and the number of replies. */
  stageMs: readonly number[];
  stageReplies: readonly number[];
}

/** No calls at all. */
export const noMeasures: Measures = {
  calls: 0,
  durationMs: 0,
  costUsd: 0,
  costed: 0,
  hung: 0,
  transferred: 0,
  measured: 0,
  measuredMs: 0,
  userMs: 0,
  assistantMs: 0,
  silentMs: 0,
  assistantTurns: 0,
  interruptions: 0,
  replies: [],
  stageMs: [],
  stageReplies: [],
};

const tenths = Array.from({ length: 25 }, (_, index) => (index + 1) * 100);

/**
 * Upper edges of the reply latency bins in milliseconds, exclusive; one more bin lies above the last edge. Fine in the
 * range people notice (tenths of a second, as shown), coarse where a reply is far too slow anyway.
 */
export const replyEdgesMs: readonly number[] = [
  ...tenths,
  2_750,
  3_000,
  3_250,
  3_500,
  3_750,
  4_000,
  4_500,
  5_000,
  6_000,
  7_000,
  8_000,
  10_000,
  12_000,
  15_000,
  20_000,
];

export const replyBins = replyEdgesMs.length + 1;

/** Adds up measures. */
export function addMeasures(all: readonly Measures[]): Measures {
  return all.reduce<Measures>(
    (sum, next) => ({
      calls: sum.calls + next.calls,
      durationMs: sum.durationMs + next.durationMs,
      costUsd: sum.costUsd + next.costUsd,
      costed: sum.costed + next.costed,
      hung: sum.hung + next.hung,
      transferred: sum.transferred + next.transferred,
      measured: sum.measured + next.measured,
      measuredMs: sum.measuredMs + next.measuredMs,
      userMs: sum.userMs + next.userMs,
      assistantMs: sum.assistantMs + next.assistantMs,
      silentMs: sum.silentMs + next.silentMs,
      assistantTurns: sum.assistantTurns + next.assistantTurns,
      interruptions: sum.interruptions + next.interruptions,
      replies: addEach(replyBins, sum.replies, next.replies),
      stageMs: addEach(latencyStages.length, sum.stageMs, next.stageMs),
      stageReplies: addEach(latencyStages.length, sum.stageReplies, next.stageReplies),
    }),
    noMeasures,
  );
}

function addEach(length: number, a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length }, (_, index) => (a[index] ?? 0) + (b[index] ?? 0));
}

/** Latencies in milliseconds → number per bin. */
export function countReplies(latenciesMs: readonly number[]): number[] {
  const counts = new Array<number>(replyBins).fill(0);
  for (const ms of latenciesMs) {
    const bin = replyEdgesMs.findIndex((edge) => ms < edge);
    const at = bin < 0 ? replyBins - 1 : bin;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/**
 * Returns the nearest-rank percentile (0 < `share` ≤ 1) of latencies counted between `edges`, in milliseconds: the
 * middle of its bin, so off by at most half a bin. Above the last edge, that edge. Null if nothing was counted.
 */
export function findPercentile(
  counts: readonly number[],
  share: number,
  edges: readonly number[],
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(total * share));
  const bin = counts.findIndex((count) => {
    rank -= count;
    return rank <= 0;
  });
  const from = edges[bin - 1] ?? 0;
  return (from + (edges[bin] ?? from)) / 2;
}

export const findReplyPercentile = (counts: readonly number[], share: number) =>
  findPercentile(counts, share, replyEdgesMs);

/** Sums → figures to show. */
export function toFigures(sum: Measures): Figures {
  const hungShare = ratio(sum.hung, sum.calls);
  const transferredShare = ratio(sum.transferred, sum.calls);
  return {
    calls: sum.calls,
    minutes: sum.durationMs / 60_000,
    costUsd: sum.costed > 0 ? sum.costUsd : null,
    hangRate: hungShare,
    containment: transferredShare === null ? null : 1 - transferredShare,
    interruptionRate: ratio(sum.interruptions, sum.assistantTurns),
    callerShare: ratio(sum.userMs, sum.userMs + sum.assistantMs),
    deadAirShare: ratio(sum.silentMs, sum.measuredMs),
    replyP50Ms: findReplyPercentile(sum.replies, 0.5),
    replyP95Ms: findReplyPercentile(sum.replies, 0.95),
    endpointingMs: stageMean(sum, "endpointing"),
    transcriberMs: stageMean(sum, "transcriber"),
    modelMs: stageMean(sum, "model"),
    voiceMs: stageMean(sum, "voice"),
  };
}

function stageMean({ stageMs, stageReplies }: Measures, stage: LatencyStage): number | null {
  const index = latencyStages.indexOf(stage);
  return ratio(stageMs[index] ?? 0, stageReplies[index] ?? 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

type Reported = Pick<Report, "latency" | "transfers">;

/**
 * Returns the measures of one ended call, derived the same way as on its page. If its speech is unknown (imported
 * calls), response times come from its report, where it has them.
 */
export function toMeasures(call: Call, marks: readonly Mark[], report: Reported | null): Measures {
  const span = callSpan(call, Date.parse(call.lastEventAt));
  const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()];
  const turns = toTurns(marks, whenEnded(call));
  const talk = toTalkShare(turns, from, to);
  const isMeasured = turns.length > 0;
  const spoken = turns.filter(({ role }) => role === "assistant");
  return {
    calls: 1,
    durationMs: call.startedAt === null ? 0 : span.to - span.from,
    costUsd: call.costUsd ?? 0,
    costed: Number(call.costUsd !== null),
    hung: Number(call.hangs > 0),
    transferred: Number(isTransferred(call, marks, report)),
    measured: Number(isMeasured),
    measuredMs: isMeasured ? span.to - span.from : 0,
    userMs: talk.userMs,
    assistantMs: talk.assistantMs,
    silentMs: isMeasured ? talk.silentMs : 0,
    assistantTurns: spoken.length,
    interruptions: spoken.filter(({ interrupted }) => interrupted).length,
    replies: countReplies(isMeasured ? toReplyLatencies(turns).map(({ ms }) => ms) : toReported(report)),
    ...toStages(report),
  };
}

/** Whether the call was transferred, or a transfer was attempted: the assistant did not handle it alone. */
function isTransferred({ endedReason }: Call, marks: readonly Mark[], report: Reported | null): boolean {
  if (marks.some(({ kind }) => kind === "transfer") || (report?.transfers.length ?? 0) > 0) return true;
  return /forward|transfer/.test(endedReason ?? "");
}

function toStages(report: Reported | null): Pick<Measures, "stageMs" | "stageReplies"> {
  const known = latencyStages.map((stage) =>
    (report?.latency?.turns ?? []).flatMap((turn) => turn[stage] ?? []),
  );
  return {
    stageMs: known.map((all) => all.reduce((sum, ms) => sum + ms, 0)),
    stageReplies: known.map((all) => all.length),
  };
}

function toReported(report: Reported | null): number[] {
  return (report?.latency?.turns ?? []).flatMap(({ total }) => total ?? []);
}
