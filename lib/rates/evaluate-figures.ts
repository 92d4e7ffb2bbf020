import { findReplyPercentile, replyEdgesMs } from "@/lib/analytics/figures";
import { fewestMeasured } from "@/lib/rates/providers";
import type { SeriesCount } from "@/lib/rates/series";
import { chanceOfMore, median, spreadOf } from "@/lib/rates/statistics";
import { fewestWeeks } from "@/lib/rates/usual";

/** Response times within a call are correlated, so their counts vary this many times as much as Poisson's. */
const replyDispersion = 4;
const fewestReplies = 20;
const fewestUsualReplies = 200;
const fewestCosted = 20;
/** A figure is unusual from this multiple of the usual one; a smaller difference is ignored, however certain it is. */
const unusualFactor = 1.5;
/** An open incident closes below this multiple of the usual figure. */
const overBelow = 1.25;
/** In standard deviations: about as unlikely as the false alarms allowed per series. */
const unusualDeviations = 5.5;

export interface Measured {
  now: number;
  usual: number;
  verdict: "unusual" | "usual" | "unsure";
}

/**
 * Compares the p95 response time with the same hour of past weeks: whether more responses than chance allows took over
 * 1.5 times the usual p95. Null with too few responses.
 */
export function evaluateResponse(
  now: SeriesCount,
  hours: readonly SeriesCount[],
  alpha: number,
): Measured | null {
  const p95s = hours.flatMap(({ replies }) => findReplyPercentile(replies, 0.95) ?? []);
  const past = replyEdgesMs.concat(0).map((_, bin) => addUp(hours.map(({ replies }) => replies[bin] ?? 0)));
  const p95 = findReplyPercentile(now.replies, 0.95);
  const [count, usualCount] = [addUp(now.replies), addUp(past)];
  if (p95 === null || p95s.length < fewestWeeks || count < fewestReplies || usualCount < fewestUsualReplies)
    return null;
  const usual = median(p95s);
  const edge = replyEdgesMs.findIndex((ms) => ms >= usual * unusualFactor);
  const slower = (bins: readonly number[]) => (edge < 0 ? 0 : addUp(bins.slice(edge + 1)));
  const share = (slower(past) + 0.5) / (usualCount + 1);
  const chance = chanceOfMore(slower(now.replies), share * count, replyDispersion);
  return { now: p95, usual, verdict: verdictOf(p95, usual, chance < alpha) };
}

/** The standard error of the p95 of `n` exponentially distributed times is about this multiple of the p95, divided by √n. */
const p95Error = 1.5;

/** Compares a part's p95 latency with the same hour of past weeks. Null with too few calls. */
export function evaluatePart(now: SeriesCount, hours: readonly SeriesCount[]): Measured | null {
  const p95s = hours.flatMap(({ p95Ms }) => p95Ms ?? []);
  const usual = usualP95(hours);
  if (now.p95Ms === null || usual === null || usual <= 0 || now.ended < fewestMeasured) return null;
  const error = (p95Error * usual) / Math.sqrt(now.ended);
  const deviation = Math.hypot(Math.max(spreadOf(p95s), usual * 0.1), error);
  const isUnlikely = now.p95Ms - usual > unusualDeviations * deviation;
  return { now: now.p95Ms, usual, verdict: verdictOf(now.p95Ms, usual, isUnlikely) };
}

/** Returns a part's usual p95; null with too few weeks. */
export function usualP95(hours: readonly SeriesCount[]): number | null {
  const known = hours.flatMap(({ p95Ms }) => p95Ms ?? []);
  return known.length < fewestWeeks ? null : median(known);
}

/** Compares the mean cost per call with the same hour of past weeks. Assumes a standard deviation about as large as the mean. */
export function evaluateCost(now: SeriesCount, hours: readonly SeriesCount[]): Measured | null {
  const means = hours.filter(({ costed }) => costed > 0).map(({ costUsd, costed }) => costUsd / costed);
  if (now.costed < fewestCosted || means.length < fewestWeeks) return null;
  const usual = median(means);
  if (usual <= 0) return null;
  const mean = now.costUsd / now.costed;
  const deviation = Math.hypot(Math.max(spreadOf(means), usual * 0.1), usual / Math.sqrt(now.costed));
  return { now: mean, usual, verdict: verdictOf(mean, usual, mean - usual > unusualDeviations * deviation) };
}

function verdictOf(now: number, usual: number, isUnlikely: boolean): Measured["verdict"] {
  if (isUnlikely && now >= usual * unusualFactor) return "unusual";
  return now < usual * overBelow ? "usual" : "unsure";
}

const addUp = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
