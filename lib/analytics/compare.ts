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

/** Sums of two periods → one entry per key, most calls first; what there was only before comes last, with no calls now. */
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
  /** "12 %", "1.4 points", "0.3 s": how far. */
  words: string;
  /** Whether that is good news; null where it is neither. */
  isBetter: boolean | null;
}

/** How a figure moved from the period before; null when either is unknown, or there is nothing to compare with. */
export function describeChange(
  { compare, better }: Metric,
  now: number | null,
  before: number | null,
): Change | null {
  if (now === null || before === null || (compare === "relative" && before === 0)) return null;
  const words = distance[compare](now, before);
  if (/^0(\.0)? /.test(words)) return { direction: "same", words, isBetter: null };
  const direction = now > before ? "up" : "down";
  return { direction, words, isBetter: better && (better === "more") === (direction === "up") };
}

const distance = {
  relative: (now: number, before: number) => `${Math.round(Math.abs(now / before - 1) * 100)} %`,
  points: (now: number, before: number) => `${Math.abs((now - before) * 100).toFixed(1)} points`,
  seconds: (now: number, before: number) => `${(Math.abs(now - before) / 1000).toFixed(1)} s`,
};

/** Analytics as viewers see them: numbers can be told apart, but are not known. */
export function maskAnalytics(analytics: Analytics): Analytics {
  return {
    ...analytics,
    numbers: analytics.numbers.map((one) => ({ ...one, key: one.key && maskNumber(one.key) })),
  };
}
