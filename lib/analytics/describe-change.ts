import type { Metric } from "@/lib/analytics/metrics";

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
