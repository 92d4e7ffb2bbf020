import "server-only";
import { Temporal } from "temporal-polyfill";
import type { Database } from "@/db/client";
import { readProgress, recordProgress } from "@/db/queries/analytics/rollups";
import {
  deleteOldQuarters,
  findFirstCall,
  findFirstQuarter,
  listDays,
  readHappened,
  readQuarters,
  saveQuarter,
  sumHours,
} from "@/db/queries/rates";
import type { IncidentRules } from "@/lib/incidents/rules";
import { countSeries, quarterMs, type SeriesCount, sumCounts } from "@/lib/rates/series";
import { type History, hoursBack, toUsual, type Usual, usualWeeks } from "@/lib/rates/usual";
import { workApart } from "@/lib/tick/server/work-apart";

const weekMs = 7 * 24 * 60 * 60_000;
/** How long quarters are kept: slightly longer than they are needed. */
const keptMs = (usualWeeks + 1) * weekMs;
/** Reports and alerts may arrive this late, so each quarter is counted again after this time. */
const lateMs = 60 * 60_000;
/** After an upgrade, past quarters are counted this many at a time. */
const atOnce = 200;

const progress = "rates";

type Reader = Pick<Database, "select" | "selectDistinct" | "selectDistinctOn" | "execute">;

/**
 * Counts each finished quarter of an hour twice: at its end, and an hour later to include late reports. Safe to run
 * concurrently and to kill: a quarter is replaced as a whole.
 */
export async function countQuarters(db: Database, now: Date): Promise<void> {
  const until = Math.floor(now.getTime() / quarterMs) * quarterMs;
  const seen = (await readProgress(db, progress)).getTime();
  if (seen >= until) return;
  const first = (await findFirstCall(db))?.getTime() ?? until;
  const from = Math.max(Math.floor(first / quarterMs) * quarterMs, until - keptMs, seen - lateMs);
  const quarters: string[] = [];
  for (let at = from; at < until && quarters.length < atOnce; at += quarterMs)
    quarters.push(new Date(at).toISOString());
  await workApart(db, progress, quarters, 1, async ([quarter = ""]) => {
    const at = new Date(quarter);
    const happened = await readHappened(db, at, new Date(at.getTime() + quarterMs));
    await saveQuarter(db, at, countSeries(happened));
  });
  const last = quarters.at(-1);
  await recordProgress(db, progress, last ? new Date(Date.parse(last) + quarterMs) : new Date(until));
  await deleteOldQuarters(db, new Date(until - keptMs));
}

/**
 * Reads the stored history of this hour of the week. Hours are matched in local time, also across clock changes.
 * @param hasFigures whether to read response times and costs too, which are far more data than the rest
 */
export async function readHistory(
  db: Reader,
  zone: string,
  now: Date,
  { hasFigures }: { hasFigures: boolean },
): Promise<History> {
  const hour = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: "hour", roundingMode: "floor" });
  const wanted = Array.from({ length: hoursBack }, (_, hoursAgo) =>
    Array.from({ length: usualWeeks }, (_, index) => {
      const begins = hour.subtract({ hours: hoursAgo }).subtract({ weeks: index + 1 }).epochMilliseconds;
      return { hoursAgo, week: index + 1, begins };
    }),
  ).flat();
  const thisHour = wanted.filter(({ hoursAgo }) => hoursAgo === 0);
  const [days, hours, figures, first] = await Promise.all([
    listDays(db, new Date(now.getTime() - usualWeeks * weekMs)),
    // When clocks are set back, one hour of a past week is compared with both hours of that name.
    sumHours(
      db,
      [...new Set(wanted.map(({ begins }) => begins))].map((begins) => new Date(begins)),
    ),
    hasFigures ? readFigures(db, thisHour) : [],
    findFirstQuarter(db),
  ]);
  const age = first ? Math.floor((now.getTime() - first.getTime()) / weekMs) : 0;
  return {
    days,
    hours: hours.flatMap(({ begins, ...totals }) =>
      wanted
        .filter((each) => each.begins === begins.getTime())
        .map(({ hoursAgo, week }) => ({ ...totals, hoursAgo, week })),
    ),
    figures,
    weeks: Math.min(usualWeeks, age),
    hourAt: new Date(hour.epochMilliseconds),
  };
}

async function readFigures(db: Reader, hours: readonly { begins: number }[]): Promise<SeriesCount[]> {
  const quarters = await readQuarters(
    db,
    hours.flatMap(({ begins }) => [0, 1, 2, 3].map((n) => new Date(begins + n * quarterMs))),
  );
  return hours.flatMap(({ begins }) =>
    sumCounts(quarters.filter(({ at }) => at.getTime() >= begins && at.getTime() < begins + 4 * quarterMs)),
  );
}

/** @param more as in `readHistory` */
export async function readUsual(
  db: Reader,
  rules: Pick<IncidentRules, "sensitivity" | "zone">,
  now: Date,
  more: { hasFigures: boolean },
): Promise<Usual | null> {
  return toUsual(await readHistory(db, rules.zone, now, more), rules);
}

/** The history grows by a quarter of an hour at a time. */
const keptForMs = 60_000;

let kept: { usual: Usual | null; readAt: number } | null = null;
/** How often it was forgotten: what was read under earlier settings is not kept. */
let changes = 0;

/**
 * Returns the usual rates of trouble at this time, at most a minute old; null while too little is known. Reads only through the
 * database or transaction it is given.
 */
export async function usualNow(
  db: Reader,
  rules: Pick<IncidentRules, "sensitivity" | "zone">,
  now: Date,
): Promise<Usual | null> {
  const readAt = Date.now();
  if (kept && readAt - kept.readAt < keptForMs) return kept.usual;
  const before = changes;
  const usual = await readUsual(db, rules, now, { hasFigures: false });
  if (before === changes) kept = { usual, readAt };
  return usual;
}

/** Call it after a change to the settings this depends on. */
export function forgetUsual(): void {
  kept = null;
  changes += 1;
}

/** Returns the counts of the last `minutes`. */
export async function readLately(db: Database, now: Date, minutes: number): Promise<SeriesCount[]> {
  return countSeries(await readHappened(db, new Date(now.getTime() - minutes * 60_000), now));
}
