import "server-only";
import { type Database, db } from "@/db/client";
import { type Asked, deriveFigures } from "@/db/queries/analytics/figures";
import {
  countByHour,
  findPeriods,
  listSteps,
  type Step,
  sumBy,
  sumByTime,
} from "@/db/queries/analytics/read";
import { findMissingFigures, readProgress, recordProgress, rollUpDay } from "@/db/queries/analytics/rollups";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { compareParts } from "@/lib/analytics/compare";
import { addMeasures, noMeasures, toFigures } from "@/lib/analytics/figures";
import { log } from "@/lib/log";
import { workApart } from "@/lib/tick/server/work-apart";

const name = "events";
/** An event may be received this long before its transaction is seen. */
const slackMs = 60_000;
const atOnce = 200;

/**
 * Derives the figures that nobody has: a process died after it had recorded an event, or the calls are older than the figures.
 * The event log says which calls have changed. It may be killed at any point, and run twice at once.
 */
export async function catchUpFigures(db: Database, budgetMs = 20_000): Promise<void> {
  const deadline = Date.now() + budgetMs;
  while (!(await step(db)) && Date.now() < deadline);
}

/** Returns whether that was all. */
async function step(db: Database): Promise<boolean> {
  const settledUntil = new Date(Date.now() - slackMs);
  const { callIds, seenUntil } = await findMissingFigures(db, await readProgress(db, name));
  await workApart(db, "figures", callIds, atOnce, (some) => deriveFigures(db, some));
  const isAll = seenUntil === null || seenUntil > settledUntil;
  await recordProgress(db, name, isAll ? settledUntil : seenUntil);
  return isAll;
}

const longestByHour = 2;

/**
 * How the calls of a period went (lib/analytics/analytics.ts), to the call, beside those of the period before.
 *
 * Read from `call_figures`, one row a call that is over, and for days that are added up from `figure_rollups`. Both keep themselves:
 * deriveFigures after each event of a call that is over, catchUpFigures and rollUpFigures by the tick. Whoever makes calls in bulk
 * without events fills `call_figures` with one `insert … select` (a trigger marks the days) and then runs
 * `rollUpFigures(db, { quietMs: 0, budgetMs: Infinity })`; `replies` has one count for each bin of lib/analytics/figures.ts.
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

/**
 * Derives anew what a call counts for, after one of its events; null for a call that is not over. Never rejects: what fails
 * here, the tick makes up for.
 */
export async function recordFigures(callId: string): Promise<void> {
  try {
    await deriveFigures(db, [callId]);
  } catch (cause) {
    log("error", "a call may be missing in analytics before the next tick", {
      callId,
      error: cause,
    });
  }
}

/** Events of a day come in bursts: it is added up once they have stopped for so long. */
const usualQuietMs = 60_000;

/**
 * Adds up the days that need it, newest first, until there is none left or `budgetMs` has passed: the next run goes on. Analytics
 * are right without it at any time, only slower, for what is not added up is read call by call.
 */
export async function rollUpFigures(
  db: Database,
  { budgetMs = 20_000, quietMs = usualQuietMs }: { budgetMs?: number; quietMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + budgetMs;
  while (Date.now() < deadline && (await rollUpDay(db, quietMs)) !== null);
}
