import type { Analytics, Metric } from "@/lib/analytics/analytics";
import { type Figures, type Measures, noMeasures, toFigures } from "@/lib/analytics/figures";
import { maskNumber } from "@/lib/calls/mask-text";

export interface Compared {
  key: string;
  name: string | null;
  figures: Figures;
  before: Figures;
}

type Part = { key: string; name: string | null; isCurrent: boolean; sum: Measures };

/** Sums of two periods → one entry per key, most calls first. Keys with calls only in the previous period come last. */
export function compareParts(parts: readonly Part[]): Compared[] {
  const keys = [...new Set(parts.map(({ key }) => key))];
  return keys
    .map((key) => {
      const mine = parts.filter((part) => part.key === key);
      const [now, before] = [
        mine.find(({ isCurrent }) => isCurrent),
        mine.find(({ isCurrent }) => !isCurrent),
      ];
      return {
        key,
        name: now?.name ?? before?.name ?? null,
        figures: toFigures(now?.sum ?? noMeasures),
        before: toFigures(before?.sum ?? noMeasures),
      };
    })
    .sort(
      (a, b) =>
        b.figures.calls - a.figures.calls || b.before.calls - a.before.calls || (a.key < b.key ? -1 : 1),
    );
}

export interface Change {
  direction: "up" | "down" | "same";
  /** "+12 %", "+1.4 pt", "−0.3 s", or "was 3" where that says more. */
  words: string;
  /** Whether the change is an improvement; null if it is neither, or too small a sample to tell. */
  isBetter: boolean | null;
}

/** Below this number of calls, a share or its change is chance. */
const fewCalls = 20;

/**
 * Describes how a figure changed from the previous period. Null if either is unknown or there is nothing to compare
 * with.
 * @param callsBefore number of calls behind `before`: from a small base, the earlier value is shown instead of a change
 */
export function describeChange(
  { compare, better, format }: Metric,
  now: number | null,
  before: number | null,
  callsBefore: number,
): Change | null {
  if (now === null || before === null || callsBefore === 0) return null;
  const change = distance[compare](now - before, before);
  if (!/[1-9]/.test(change)) return { direction: "same", words: change, isBetter: null };
  const direction = now > before ? "up" : "down";
  const isFarther = compare === "relative" && (before === 0 || now / before > 2);
  if (callsBefore < fewCalls || isFarther)
    return { direction, words: `was ${format(before)}`, isBetter: null };
  const sign = direction === "up" ? "+" : "−";
  return {
    direction,
    words: `${sign}${change}`,
    isBetter: better && (better === "more") === (direction === "up"),
  };
}

const distance = {
  relative: (by: number, before: number) =>
    before === 0 ? String(by) : `${Math.round(Math.abs(by / before) * 100)} %`,
  points: (by: number) => `${Math.abs(by * 100).toFixed(1)} pt`,
  seconds: (by: number) => `${(Math.abs(by) / 1000).toFixed(1)} s`,
};

/** Analytics for viewers: phone numbers can be told apart but not read. */
export function maskAnalytics(analytics: Analytics): Analytics {
  return {
    ...analytics,
    numbers: analytics.numbers.map((one) => ({ ...one, key: one.key && maskNumber(one.key) })),
  };
}
