import type { Pulse } from "@/lib/calls/pulse";

export interface PulseFigure {
  label: string;
  value: string;
  trend: "up" | "down" | null;
  /** Explains the figure and gives its previous value. */
  meaning: string;
}

/** The last hour in two figures, each beside the hour before. Both are better when they are smaller. */
export function toPulseFigures({ hour, before }: Pulse): PulseFigure[] {
  return [
    compare("Hang rate (1 h)", "calls in which the assistant hung", percent, hour.hangRate, before.hangRate),
    compare(
      "Median response (1 h)",
      "how soon the assistant responds",
      seconds,
      hour.medianReplyMs,
      before.medianReplyMs,
    ),
  ];
}

function compare(
  label: string,
  what: string,
  format: (value: number) => string,
  now: number | null,
  past: number | null,
): PulseFigure {
  const [value, was] = [now, past].map((each) => (each === null ? null : format(each)));
  const isKnown = now !== null && past !== null && value !== was;
  return {
    label,
    value: value ?? "–",
    trend: isKnown ? (now > past ? "up" : "down") : null,
    meaning: `Last 60 minutes: ${what}. ${was ? `The hour before: ${was}.` : "No data for the hour before."}`,
  };
}

/** Without a decimal where it would only make the wallboard's widest figure wider. */
const percent = (share: number) => (share === 1 ? "100 %" : `${(share * 100).toFixed(1)} %`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
