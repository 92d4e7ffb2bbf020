import * as z from "zod";
import { type Figures, figuresSchema } from "@/lib/analytics/figures";
import { formatCost, formatMs, formatSeconds } from "@/lib/format";
import { behindSecondsSchema } from "@/lib/health/health";
import { daySchema, isTimeZone } from "@/lib/zones";

const at = z.iso.datetime();
const spanSchema = z.object({ from: at, until: at });
const compared = { figures: figuresSchema, before: figuresSchema };

/** Figures of a period's calls, next to those of the previous period of the same length. */
export const analyticsSchema = z.object({
  period: spanSchema,
  /** The previous period. If the current period is not over, it ends at the same time of day. */
  before: spanSchema,
  total: z.object(compared),
  /**
   * Hours for one or two days, else days, including those without calls. `until` ends each; `before` has the figures of
   * the corresponding step of the previous period.
   */
  steps: z.array(z.object({ from: at, until: at, ...compared })),
  /** Calls by weekday (1: Monday) and hour in the time zone; hours without calls are left out. */
  hours: z.array(z.object({ weekday: z.number().int(), hour: z.number().int(), calls: z.number().int() })),
  /** By end reason, most frequent first. An empty code: unknown. */
  reasons: z.array(z.object({ code: z.string(), calls: z.number().int(), callsBefore: z.number().int() })),
  /** All assistants, whichever the filter selects. An empty key: unknown assistant. */
  assistants: z.array(z.object({ key: z.string(), name: z.string(), ...compared })),
  /** Each version of each assistant; calls whose version is unknown are left out. */
  versions: z.array(z.object({ key: z.string(), assistant: z.string(), name: z.string(), ...compared })),
  /** Version changes of assistants within the period: when the first call of the new version was made, to the day. */
  deploys: z.array(z.object({ at, assistant: z.string(), name: z.string(), version: z.string() })),
  /** All our numbers, whichever the filter selects. An empty key: web calls, which have no number. */
  numbers: z.array(z.object({ key: z.string(), ...compared })),
  behindSeconds: behindSecondsSchema,
});

export type Analytics = z.infer<typeof analyticsSchema>;

/** The filter of analytics. `from` and `to` are whole days in the zone, inclusive. */
export const analyticsFilterSchema = z
  .object({
    from: daySchema,
    to: daySchema,
    /** An IANA zone: "Europe/Berlin". */
    zone: z.string().max(64).refine(isTimeZone, "is not a time zone").default("UTC"),
    /** An assistant's id, or its name if it has none. */
    assistant: z.string().max(200).optional(),
    /** One of our numbers. */
    number: z.string().max(200).optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "must not be before from" })
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 < 366, {
    path: ["from"],
    message: "must not be more than a year before to",
  });

export type AnalyticsFilter = z.infer<typeof analyticsFilterSchema>;

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
  "endpointingMs",
  "transcriberMs",
  "modelMs",
  "voiceMs",
] as const satisfies (keyof Figures)[];

export type MetricName = (typeof metricNames)[number];

export interface Metric {
  label: string;
  /** Explains the metric in one sentence. */
  about: string;
  format: (value: number) => string;
  /** How a change is expressed: relative (per cent), in percentage points, or in seconds. */
  compare: "relative" | "points" | "seconds";
  /** Which direction is better; null if neither. */
  better: "more" | "less" | null;
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function stage(label: string, about: string): Metric {
  return { label, about, format: formatMs, compare: "seconds", better: "less" };
}

export const metrics: Readonly<Record<MetricName, Metric>> = {
  calls: {
    label: "Calls",
    about: "Ended calls.",
    format: (count) => whole.format(count),
    compare: "relative",
    better: null,
  },
  minutes: {
    label: "Minutes",
    about: "Total time from answer to end.",
    format: (minutes) => (minutes < 9.95 ? minutes.toFixed(1) : whole.format(minutes)),
    compare: "relative",
    better: null,
  },
  costUsd: {
    label: "Cost",
    about: "As billed in Vapi’s reports.",
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
    label: "Containment",
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
    about: "Caller’s share of speech; the rest is the assistant’s.",
    format: percent,
    compare: "points",
    better: null,
  },
  deadAirShare: {
    label: "Silence",
    about: "Share of call time without speech.",
    format: percent,
    compare: "points",
    better: "less",
  },
  replyP50Ms: {
    label: "Median response",
    about: "From the caller’s last word to the assistant’s first. Half of the replies are faster.",
    format: formatSeconds,
    compare: "seconds",
    better: "less",
  },
  replyP95Ms: {
    label: "p95 response",
    about: "One in twenty replies is slower.",
    format: formatSeconds,
    compare: "seconds",
    better: "less",
  },
  endpointingMs: stage(
    "Endpointing",
    "From the caller’s last word to the end of turn. Mean, from Vapi’s reports.",
  ),
  transcriberMs: stage("Transcription", "Speech to text. Mean, from Vapi’s reports."),
  modelMs: stage("Model", "Until the first words of the reply. Mean, from Vapi’s reports."),
  voiceMs: stage("Voice", "Until the reply is heard. Mean, from Vapi’s reports."),
};
