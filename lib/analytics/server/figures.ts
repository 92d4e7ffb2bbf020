import "server-only";
import { type Database, db } from "@/db/client";
import { type Asked, deriveFigures, versionMark } from "@/db/queries/analytics/figures";
import {
  countByHour,
  findPeriods,
  listSteps,
  type Part,
  type Step,
  sumBy,
  sumByTime,
} from "@/db/queries/analytics/read";
import { findMissingFigures, readProgress, recordProgress, rollUpDay } from "@/db/queries/analytics/rollups";
import { sumStages } from "@/db/queries/analytics/stages";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { compareParts } from "@/lib/analytics/compare";
import { addMeasures, noMeasures, toFigures } from "@/lib/analytics/figures";
import { compareProviders, type StageAnalytics, toStageTimes } from "@/lib/analytics/stages";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
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
  const { asked, unit, past } = await toAsked(db, filter, now);
  const [begins, pastBegins, sums, hours, assistants, versions, numbers, reasons] = await Promise.all([
    listSteps(db, asked, unit),
    listSteps(db, past, unit),
    sumByTime(db, asked, unit),
    countByHour(db, asked),
    // Each of these beside the others it could have been: what is chosen stays comparable, and another can be chosen.
    sumBy(db, "assistant", { ...asked, assistant: null }),
    sumBy(db, "version", asked),
    sumBy(db, "number", { ...asked, number: null }),
    sumBy(db, "reason", asked),
  ]);
  const [current, before] = [sums.filter((step) => step.isCurrent), sums.filter((step) => !step.isCurrent)];
  const figuresAt = (steps: readonly Step[], key: Date | undefined) =>
    toFigures(steps.find(({ at }) => at.getTime() === key?.getTime())?.sum ?? noMeasures);
  return {
    period: toSpan(asked.from, asked.until),
    before: toSpan(asked.beforeFrom, asked.beforeUntil),
    total: { figures: toTotal(current), before: toTotal(before) },
    steps: begins.map(({ key, from }, index) => ({
      ...toSpan(from, begins[index + 1]?.from ?? asked.until),
      figures: figuresAt(current, key),
      before: figuresAt(before, pastBegins[index]?.key),
    })),
    hours,
    reasons: compareParts(reasons).map(({ key, figures, before: earlier }) => ({
      code: key,
      calls: figures.calls,
      callsBefore: earlier.calls,
    })),
    assistants: compareParts(assistants).map(({ name, ...rest }) => ({ ...rest, name: name ?? rest.key })),
    versions: compareParts(versions).flatMap(({ key, name, ...rest }) => {
      const [assistant = "", version = ""] = key.split(versionMark);
      return version === "" ? [] : [{ ...rest, key: version, assistant, name: name ?? assistant }];
    }),
    deploys: findDeploys(versions, asked.from),
    numbers: compareParts(numbers).map(({ name: _, ...rest }) => rest),
  };
}

/** What a filter asks the database for: both periods, and by hour or by day. */
async function toAsked(db: Database, filter: AnalyticsFilter, now: Date) {
  const asked: Asked = {
    ...(await findPeriods(db, filter, now)),
    zone: filter.zone,
    assistant: filter.assistant ?? null,
    number: filter.number ?? null,
  };
  const days = (Date.parse(filter.to) - Date.parse(filter.from)) / 86_400_000 + 1;
  const unit = days <= longestByHour ? ("hour" as const) : ("day" as const);
  return { asked, unit, past: { from: asked.beforeFrom, until: asked.beforeUntil, zone: asked.zone } };
}

/** The stages and services of the same calls. Read by itself, as it takes reports of the days that are not added up. */
export async function getStages(
  db: Database,
  filter: AnalyticsFilter,
  now = new Date(),
): Promise<StageAnalytics> {
  const { asked, unit, past } = await toAsked(db, filter, now);
  const [begins, pastBegins, sums, reasons] = await Promise.all([
    listSteps(db, asked, unit),
    listSteps(db, past, unit),
    sumStages(db, asked, unit),
    sumBy(db, "reason", asked),
  ]);
  const [current, before] = [sums.filter((sum) => sum.isCurrent), sums.filter((sum) => !sum.isCurrent)];
  const timesAt = (of: typeof sums, key: Date | undefined) =>
    toStageTimes(of.filter(({ at }) => at.getTime() === key?.getTime()));
  const toEnds = (isCurrent: boolean) => {
    const ends = reasons.filter((reason) => reason.isCurrent === isCurrent);
    return {
      calls: ends.reduce((all, { sum }) => all + sum.calls, 0),
      reasons: ends.map(({ key, sum }) => ({ code: key, calls: sum.calls })),
    };
  };
  return {
    figures: toStageTimes(current),
    before: toStageTimes(before),
    steps: begins.map(({ key, from }, index) => ({
      ...toSpan(from, begins[index + 1]?.from ?? asked.until),
      figures: timesAt(current, key),
      before: timesAt(before, pastBegins[index]?.key),
    })),
    providers: compareProviders(
      { parts: current, ends: toEnds(true) },
      { parts: before, ends: toEnds(false) },
    ),
  };
}

/**
 * Where an assistant's version changed: the first call of a version that came after another one's, within the period. What was
 * there first of all that is looked at was not deployed, as far as anybody knows.
 */
function findDeploys(parts: readonly Part[], from: Date): Analytics["deploys"] {
  const first = new Map<string, { assistant: string; version: string; name: string; at: Date }>();
  for (const { key, name, firstAt } of parts) {
    const [assistant = "", version = ""] = key.split(versionMark);
    const known = first.get(key);
    if (version === "" || (known && known.at <= firstAt)) continue;
    first.set(key, { assistant, version, name: name ?? assistant, at: firstAt });
  }
  const all = [...first.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
  return all
    .filter(
      ({ assistant, at }) =>
        at >= from && all.some((other) => other.assistant === assistant && other.at < at),
    )
    .map(({ at, ...deploy }) => ({ ...deploy, at: at.toISOString() }));
}

function toSpan(from: Date, until: Date): { from: string; until: string } {
  return { from: from.toISOString(), until: until.toISOString() };
}

function toTotal(steps: readonly Step[]) {
  return toFigures(addMeasures(steps.map(({ sum }) => sum)));
}

/** Each event after a call's end asks for it: on a slow database they would take every connection of the pool. */
const deriveTogether = createKeyedBatcher({
  work: async (callIds: string[]) => {
    await deriveFigures(db, callIds);
    return callIds;
  },
  keyOf: (callId) => callId,
  join: (waiting) => waiting,
});

/**
 * Derives anew what a call counts for, after one of its events; null for a call that is not over. Never rejects: what fails
 * here, the tick makes up for.
 */
export async function recordFigures(callId: string): Promise<void> {
  try {
    await deriveTogether(callId);
  } catch (cause) {
    logRepeated("error", "a call may be missing in analytics before the next tick", {
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
