import "server-only";
import type { Database } from "@/db/client";
import { countByHour } from "@/db/queries/analytics/count-by-hour";
import type { Asked } from "@/db/queries/analytics/figure-source";
import { findPeriods } from "@/db/queries/analytics/find-periods";
import { listSteps } from "@/db/queries/analytics/list-steps";
import { sumBy } from "@/db/queries/analytics/sum-by";
import { type Step, sumByTime } from "@/db/queries/analytics/sum-by-time";
import { addMeasures } from "@/lib/analytics/add-measures";
import type { Analytics } from "@/lib/analytics/analytics";
import type { AnalyticsFilter } from "@/lib/analytics/analytics-filter";
import { compareParts } from "@/lib/analytics/compare-parts";
import { noMeasures } from "@/lib/analytics/no-measures";
import { toFigures } from "@/lib/analytics/to-figures";

const longestByHour = 2;

/**
 * How the calls of a period went (lib/analytics/analytics.ts), to the call, beside those of the period before.
 *
 * Read from `call_figures`, one row a call that is over, and for days that are added up from `figure_rollups`. Both keep themselves:
 * deriveFigures after each event of a call that is over, catchUpFigures and rollUpFigures by the tick. Whoever makes calls in bulk
 * without events fills `call_figures` with one `insert … select` (a trigger marks the days) and then runs
 * `rollUpFigures(db, { quietMs: 0, budgetMs: Infinity })`; `replies` has one count for each bin of reply-bins.ts.
 */
export async function getAnalytics(
  db: Database,
  filter: AnalyticsFilter,
  now = new Date(),
): Promise<Analytics> {
  const periods = await findPeriods(db, filter, now);
  const asked: Asked = {
    ...periods,
    zone: filter.zone,
    assistant: filter.assistant ?? null,
    number: filter.number ?? null,
  };
  const days = (Date.parse(filter.to) - Date.parse(filter.from)) / 86_400_000 + 1;
  const unit = days <= longestByHour ? "hour" : "day";
  const [begins, sums, hours, assistants, numbers, reasons] = await Promise.all([
    listSteps(db, asked, unit),
    sumByTime(db, asked, unit),
    countByHour(db, asked),
    // Each of these beside the others it could have been: what is chosen stays comparable, and another can be chosen.
    sumBy(db, "assistant", { ...asked, assistant: null }),
    sumBy(db, "number", { ...asked, number: null }),
    sumBy(db, "reason", asked),
  ]);
  const [current, before] = [sums.filter(({ at }) => at !== null), sums.filter(({ at }) => at === null)];
  return {
    period: toSpan(periods.from, periods.until),
    before: toSpan(periods.beforeFrom, periods.beforeUntil),
    total: { figures: toTotal(current), before: toTotal(before) },
    steps: begins.map(({ key, from }, index) => ({
      ...toSpan(from, begins[index + 1]?.from ?? periods.until),
      figures: toFigures(current.find(({ at }) => at?.getTime() === key.getTime())?.sum ?? noMeasures),
    })),
    hours,
    reasons: compareParts(reasons).map(({ key, figures, before: past }) => ({
      code: key,
      calls: figures.calls,
      callsBefore: past.calls,
    })),
    assistants: compareParts(assistants).map(({ name, ...rest }) => ({ ...rest, name: name ?? rest.key })),
    numbers: compareParts(numbers).map(({ name: _, ...rest }) => rest),
  };
}

function toSpan(from: Date, until: Date): { from: string; until: string } {
  return { from: from.toISOString(), until: until.toISOString() };
}

function toTotal(steps: readonly Step[]) {
  return toFigures(addMeasures(steps.map(({ sum }) => sum)));
}
