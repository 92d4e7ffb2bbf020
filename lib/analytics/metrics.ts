import type { Figures } from "@/lib/analytics/figures";
import { formatCost } from "@/lib/calls/format-cost";
import { formatSeconds } from "@/lib/calls/format-seconds";

export const metricNames = [
  "calls",
  "minutes",
  "costUsd",
  "hangRate",
  "containment",
  "interruptionRate",
  "callerShare",
  "deadAirShare",
  "replyP50Ms",
  "replyP95Ms",
] as const satisfies (keyof Figures)[];

export type MetricName = (typeof metricNames)[number];

export interface Metric {
  label: string;
  /** What it means, in a sentence. */
  about: string;
  format: (value: number) => string;
  /** How far it is from what it was: in per cent of it, or in what it is measured in itself. */
  compare: "relative" | "points" | "seconds";
  /** Which way is good news; null where neither is. */
  better: "more" | "less" | null;
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export const metrics: Readonly<Record<MetricName, Metric>> = {
  calls: {
    label: "Calls",
    about: "Calls that are over.",
    format: (count) => whole.format(count),
    compare: "relative",
    better: null,
  },
  minutes: {
    label: "Minutes",
    about: "From answer to end, all calls together.",
    format: (minutes) => (minutes < 9.95 ? minutes.toFixed(1) : whole.format(minutes)),
    compare: "relative",
    better: null,
  },
  costUsd: {
    label: "Cost",
    about: "As reported by Vapi, of the calls that have a report.",
    format: formatCost,
    compare: "relative",
    better: null,
  },
  hangRate: {
    label: "Hang rate",
    about: "Calls in which the assistant hung.",
    format: percent,
    compare: "points",
    better: "less",
  },
  containment: {
    label: "Contained",
    about: "Calls that were not transferred to people.",
    format: percent,
    compare: "points",
    better: "more",
  },
  interruptionRate: {
    label: "Interruptions",
    about: "Assistant turns that the caller cut off.",
    format: percent,
    compare: "points",
    better: "less",
  },
  callerShare: {
    label: "Caller’s talk share",
    about: "The caller’s part of all that was said; the rest is the assistant’s.",
    format: percent,
    compare: "points",
    better: null,
  },
  deadAirShare: {
    label: "Dead air",
    about: "The part of the time in which nobody spoke.",
    format: percent,
    compare: "points",
    better: "less",
  },
  replyP50Ms: {
    label: "Median reply",
    about: "From the caller’s last word to the assistant’s first; half of the replies are faster.",
    format: formatSeconds,
    compare: "seconds",
    better: "less",
  },
  replyP95Ms: {
    label: "Slow reply (p95)",
    about: "One reply in twenty takes longer.",
    format: formatSeconds,
    compare: "seconds",
    better: "less",
  },
};
