import { scopeKinds, wholeAccount } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import type { SeriesCount, SeriesKind } from "@/lib/rates/series";
import { chanceOfMore, chanceOfNone, median, spreadOf } from "@/lib/rates/statistics";

/** An hour of the week is compared with the same hour of this many past weeks. */
export const usualWeeks = 6;
/** With fewer weeks, single hours are not compared. */
export const fewestWeeks = 3;
/** With fewer days or calls, no usual figures exist, and only the count in the settings opens incidents. */
const fewestDays = 3;
const fewestCalls = 200;
/** Share of the worst days to ignore, because they had an outage. */
const trimmedShare = 0.1;
/** A new assistant or version is assumed to behave like the account until it has about this many calls. */
const priorCalls = 200;
const partPriorCalls = 50;
/** Upper limit of the dispersion: above it, usual variation could not be told from a real change. */
const mostDispersion = 9;

/** A kind of trouble. Each has its own usual share. */
export type FailureKind = "failure" | "alert" | "tool";

const countOf = { failure: "failures", alert: "alerts", tool: "tools" } as const;

export type Totals = Pick<
  SeriesCount,
  "kind" | "value" | "begun" | "ended" | "failures" | "alerts" | "tools"
>;

/** Stored counts of past weeks. */
export interface History {
  /** Each day of the last weeks. */
  days: readonly (Totals & { day: string })[];
  /** Counts of the hour `hoursAgo` hours before this hour of the week, `week` weeks ago. */
  hours: readonly (Totals & { hoursAgo: number; week: number })[];
  /** This hour of past weeks, one count per week, with response times and costs; empty if these are not needed. */
  figures: readonly SeriesCount[];
  /** Number of weeks with data. */
  weeks: number;
  /** When the current hour began, in the team's time zone. */
  hourAt: Date;
}

interface Share {
  share: number;
  dispersion: number;
  /** The share as counted, without the prior for little-seen values; null if nothing is known. */
  observed: number | null;
}

/** Usual figures for one hour of the week. */
export interface Usual {
  hourAt: Date;
  /** A count is unusual if its probability by chance is below this. */
  alpha: number;
  /**
   * Returns the usual share of calls with this kind of trouble. For a provider, stage, end reason or tool it is a share
   * of all calls; for a part, of those it took part in.
   */
  shareOf(kind: SeriesKind, value: string, failureKind: FailureKind): Share;
  /** Calls per minute in the hour `hoursAgo` back; null with too few weeks. */
  volumeOf(
    kind: SeriesKind,
    value: string,
    hoursAgo: number,
  ): { perMinute: number; dispersion: number } | null;
  /** The same hour of past weeks, with response times and costs. */
  hoursOf(kind: SeriesKind, value: string): readonly SeriesCount[];
  /** The values of a kind that had calls in these hours. */
  valuesOf(kind: SeriesKind): readonly string[];
}

/** Accepted false alarms per week, over all series, windows and minutes. */
const falseAlarms: Readonly<Record<IncidentRules["sensitivity"], number>> = {
  low: 0.03,
  normal: 0.3,
  high: 3,
};

/** Lengths of the windows searched for trouble, in minutes. */
export const windowMinutes = [1, 5, 15, 30] as const;

const minutesAWeek = 7 * 24 * 60;

const isScope = (kind: SeriesKind) => scopeKinds.some((scope) => scope === kind);

/** Whether shares are relative to the value's own calls; otherwise they are relative to all calls. */
const hasOwnCalls = (kind: SeriesKind) => isScope(kind) || kind === "part";

/** Estimates a share from few calls: a new scope is assumed to behave like the account, a new part to fail 1 in 100 calls. */
function withPrior(kind: SeriesKind, count: number, calls: number, ofAccount: () => number): number {
  if (kind === "part") return (count + 0.5) / (calls + partPriorCalls);
  return isScope(kind) && kind !== "account"
    ? (count + priorCalls * ofAccount()) / (calls + priorCalls)
    : (count + 0.5) / (calls + 1);
}

/**
 * Computes the usual figures from the stored history; null while there is too little. Each share is the greater of two:
 * over all days without the worst tenth, and the median of this hour of the week.
 */
export function toUsual(history: History, { sensitivity }: Pick<IncidentRules, "sensitivity">): Usual | null {
  const byDay = groupBy(history.days);
  const byHour = groupBy(history.hours);
  const figures = groupBy(history.figures);
  const account = byDay.get(keyOf("account", wholeAccount)) ?? [];
  const accountCalls = new Map(account.map(({ day, ended }) => [day, ended]));
  const allCalls = sum(account.map(({ ended }) => ended));
  if (accountCalls.size < fewestDays || allCalls < fewestCalls) return null;

  const learn = (kind: SeriesKind, value: string, failureKind: FailureKind): Share => {
    const own = byDay.get(keyOf(kind, value)) ?? [];
    const known = new Map(own.map((each) => [each.day, each]));
    const days = [...accountCalls].map(([day, calls]) => ({
      calls: hasOwnCalls(kind) ? (known.get(day)?.ended ?? 0) : calls,
      count: known.get(day)?.[countOf[failureKind]] ?? 0,
    }));
    const kept = days
      .toSorted((a, b) => a.count - b.count)
      .slice(0, Math.ceil(days.length * (1 - trimmedShare)));
    const [count, calls] = [sum(kept.map((day) => day.count)), sum(kept.map((day) => day.calls))];
    const ofAccount = () => shareOf("account", wholeAccount, failureKind).share;
    const atHour = shareAtHour(kind, value, failureKind) ?? 0;
    const share = Math.max(withPrior(kind, count, calls, ofAccount), atHour);
    const residuals = days.flatMap((day) =>
      share * day.calls >= 5 ? (day.count - share * day.calls) / Math.sqrt(share * day.calls) : [],
    );
    const spread = residuals.length < fewestDays ? 1 : spreadOf(residuals);
    const observed = calls === 0 ? null : Math.max(count / calls, atHour);
    return { share, dispersion: clamp(spread ** 2), observed };
  };

  const shareAtHour = (kind: SeriesKind, value: string, failureKind: FailureKind): number | null => {
    const own = (byHour.get(keyOf(kind, value)) ?? []).filter(({ hoursAgo }) => hoursAgo === 0);
    const all = hasOwnCalls(kind) ? own : (byHour.get(keyOf("account", wholeAccount)) ?? []);
    const shares = all
      .filter(({ ended, hoursAgo }) => hoursAgo === 0 && ended > 0)
      .map(
        ({ week, ended }) => (own.find((each) => each.week === week)?.[countOf[failureKind]] ?? 0) / ended,
      );
    return shares.length < fewestWeeks ? null : median(shares);
  };

  const learned = new Map<string, Share>();
  const shareOf: Usual["shareOf"] = (kind, value, failureKind) => {
    const key = `${failureKind} ${keyOf(kind, value)}`;
    const share = learned.get(key) ?? learn(kind, value, failureKind);
    learned.set(key, share);
    return share;
  };

  const series = [...byDay.values()].filter(([first]) => first?.kind !== "part").length;
  return {
    hourAt: history.hourAt,
    alpha: falseAlarms[sensitivity] / (minutesAWeek * windowMinutes.length * Math.max(1, series)),
    shareOf,
    volumeOf(kind, value, hoursAgo) {
      if (history.weeks < fewestWeeks) return null;
      const known = (byHour.get(keyOf(kind, value)) ?? []).filter((each) => each.hoursAgo === hoursAgo);
      const begun = Array.from(
        { length: history.weeks },
        (_, index) => known.find(({ week }) => week === index + 1)?.begun ?? 0,
      );
      const middle = median(begun);
      const dispersion = middle === 0 ? 1 : clamp(spreadOf(begun) ** 2 / middle);
      return { perMinute: middle / 60, dispersion };
    },
    hoursOf: (kind, value) => figures.get(keyOf(kind, value)) ?? [],
    valuesOf: (kind) => [...byHour.values()].flatMap(([first]) => (first?.kind === kind ? first.value : [])),
  };
}

const keyOf = (kind: SeriesKind, value: string) => `${kind} ${value}`;

function groupBy<T extends { kind: SeriesKind; value: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each.kind, each.value);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

const clamp = (dispersion: number) => Math.min(mostDispersion, Math.max(1, dispersion));

/** Returns the probability by chance of at least `count` calls in trouble among `calls`. */
export function chanceOfFailures(
  { share, dispersion }: Pick<Share, "share" | "dispersion">,
  count: number,
  calls: number,
): number {
  return chanceOfMore(count, share * Math.max(1, calls), dispersion);
}

/** Returns the expected number of calls in the last `ms`, added up by hour, and the probability that there were none. */
export function chanceOfSilence(
  usual: Pick<Usual, "volumeOf" | "hourAt">,
  kind: SeriesKind,
  value: string,
  now: Date,
  ms: number,
): { expected: number; chance: number } {
  let expected = 0;
  let dispersion = 1;
  for (const [hoursAgo, minutes] of splitHours(now, usual.hourAt, ms).entries()) {
    const volume = usual.volumeOf(kind, value, hoursAgo);
    if (!volume) continue;
    expected += volume.perMinute * minutes;
    dispersion = Math.max(dispersion, volume.dispersion);
  }
  return { expected, chance: chanceOfNone(expected, dispersion) };
}

/** Number of past hours to read. */
export const hoursBack = 3;

/** Splits the last `ms` into the minutes within the current hour, within the hour before, and so on. */
function splitHours(now: Date, hourAt: Date, ms: number): number[] {
  const minutes = ms / 60_000;
  const inThis = Math.max(0, now.getTime() - hourAt.getTime()) / 60_000;
  return Array.from({ length: hoursBack }, (_, hoursAgo) => {
    const after = hoursAgo === 0 ? 0 : inThis + (hoursAgo - 1) * 60;
    return Math.max(0, Math.min(minutes, inThis + hoursAgo * 60) - after);
  });
}
