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
/** An event may be received this long before its transaction becomes visible. */
const slackMs = 60_000;
const atOnce = 200;

/**
 * Derives missing figures: a process died after it recorded an event, or the calls are older than the figures. The
 * event log shows which calls have changed. Safe to kill at any point and to run concurrently.
 */
export async function catchUpFigures(db: Database, budgetMs = 20_000): Promise<void> {
  const deadline = Date.now() + budgetMs;
  while (!(await step(db)) && Date.now() < deadline);
}

/** Returns whether nothing is left to do. */
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
 * Returns the analytics of a period (lib/analytics/analytics.ts), exact to the call, next to the previous period.
 *
 * Reads `call_figures`, one row per ended call, and `figure_rollups` for the days already added up. Both are maintained
 * automatically: by deriveFigures after each event of an ended call, by catchUpFigures and rollUpFigures on the tick.
 * To create calls in bulk without events, fill `call_figures` with one `insert … select` (a trigger marks the days) and
 * then run `rollUpFigures(db, { quietMs: 0, budgetMs: Infinity })`; `replies` has one count for each bin of
 * lib/analytics/figures.ts.
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
    // Without their own filter, so the selected one can be compared with the others, and another selected.
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

/** Returns the database query of a filter: both periods, and steps by hour or by day. */
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

/** Returns the stages and services of a filter's calls. Separate, because days not yet added up require reading reports. */
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
 * Finds version changes within the period: the first call of a version that follows another. The first version seen
 * does not count as a deploy, because nothing is known of the time before.
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

/**
 * Batched, because every event after a call's end asks for it: on a slow database they would take every connection of
 * the pool.
 */
const deriveTogether = createKeyedBatcher({
  work: async (callIds: string[]) => {
    await deriveFigures(db, callIds);
    return callIds;
  },
  keyOf: (callId) => callId,
  join: (waiting) => waiting,
});

/**
 * Derives the figures of a call again after one of its events; a call that is not over gets none. Never rejects: the
 * tick repeats what fails here.
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

/** Events of a day arrive in bursts: a day is added up once there have been none for this long. */
const usualQuietMs = 60_000;

/**
 * Adds up the days that need it, newest first, until none is left or `budgetMs` has passed; the next run continues.
 * Analytics are correct without it, only slower, because other days are read call by call.
 */
export async function rollUpFigures(
  db: Database,
  { budgetMs = 20_000, quietMs = usualQuietMs }: { budgetMs?: number; quietMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + budgetMs;
  while (Date.now() < deadline && (await rollUpDay(db, quietMs)) !== null);
}
