import * as z from "zod";
import { formatCount } from "@/lib/format";
import { defineSetting } from "@/lib/settings/setting";

const moment = z.iso.datetime();
const tally = z.int().nonnegative();

/** How many of the calls listed by Vapi arrived: finished calls, those with any event, and those with a report. */
const coverageSchema = z.object({ calls: tally, heard: tally, reports: tally });

export type Coverage = z.infer<typeof coverageSchema>;

/** The same for the calls created in one hour (UTC). */
const hourCoverageSchema = coverageSchema.extend({ hour: moment });

export type HourCoverage = z.infer<typeof hourCoverageSchema>;

const percent = z.number().min(0).max(100);

/** Percentages below which a gap is reported; 0 never reports. */
export const gapRulesSchema = z.object({ callsPercent: percent, reportsPercent: percent });

export type GapRules = z.infer<typeof gapRulesSchema>;

export const gapRulesSetting = defineSetting("gap-rules", gapRulesSchema, {
  callsPercent: 99,
  reportsPercent: 99,
});

/** The comparison with Vapi's list, as on the Health page. */
export const comparisonSchema = z.object({
  /** Whether an API key for Vapi is set. */
  canAsk: z.boolean(),
  checkedAt: moment.nullable(),
  /** Why the last comparison failed. */
  failure: z.string().nullable(),
  /** Start of the current gap. */
  gapSince: moment.nullable(),
  rules: gapRulesSchema,
  lastDay: coverageSchema,
  /** The last day by hour, newest first; hours without calls are left out. */
  hours: z.array(hourCoverageSchema),
});

export type Comparison = z.infer<typeof comparisonSchema>;

export function addUp(hours: readonly Coverage[]): Coverage {
  const sum = (name: keyof Coverage) => hours.reduce((total, hour) => total + hour[name], 0);
  return { calls: sum("calls"), heard: sum("heard"), reports: sum("reports") };
}

/** "99.98 %", rounded down so that a single missing call still shows. */
export function formatShare(part: number, whole: number): string {
  if (part >= whole) return "100 %";
  // Floating point would turn 99.9 of 100 into 99.89.
  return `${Math.floor(Math.round((1e8 * part) / whole) / 1e4) / 100} %`;
}

/** "99.98 % of calls, 99.9 % of reports" */
export function describeCoverage({ calls, heard, reports }: Coverage): string {
  return `${formatShare(heard, calls)} of calls, ${formatShare(reports, calls)} of reports`;
}

/** Summarizes the last day: what arrived, and what was fetched instead. */
export function summarizeCoverage(coverage: Coverage): string {
  const { calls, heard, reports } = coverage;
  if (calls === 0) return "No calls to compare in the last 24 h.";
  const missing = [
    heard < calls && formatCount(calls - heard, "call"),
    reports < calls && formatCount(calls - reports, "report"),
  ].filter((words) => words !== false);
  if (missing.length === 0)
    return `Received all ${formatCount(calls, "call")} and their reports in the last 24 h.`;
  return `Received ${describeCoverage(coverage)} in the last 24 h. Fetched from Vapi instead: ${missing.join(" and ")}.`;
}

/** Whether fewer calls or reports arrived than the rules require. */
export function isGap(
  { calls, heard, reports }: Coverage,
  { callsPercent, reportsPercent }: GapRules,
): boolean {
  return 100 * heard < callsPercent * calls || 100 * reports < reportsPercent * calls;
}
