import "server-only";
import { and, desc, eq, gt, isNull, lt, lte, notInArray, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/faults";
import { measureNames, summedMeasures } from "@/db/queries/analytics/figures";
import { addUpStages } from "@/db/queries/analytics/stages";
import { clearSetAside, isSetAside, recordSetAside } from "@/db/queries/set-aside";
import { oldestFirst } from "@/db/rows";
import { callFigures, figureDays, figureProgress, figureRollups, stageRollups } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { liveStatuses } from "@/lib/calls/call";

/** Enough for a minute's events; catching up after an outage takes several batches. */
const batchSize = 2_000;

export interface Missing {
  callIds: string[];
  /** How far the event log was searched; null: to its end. */
  seenUntil: Date | null;
}

/** Ended calls with events received after `since` whose figures are missing or outdated. */
export async function findMissingFigures(
  db: Pick<Database, "select" | "selectDistinct">,
  since: Date,
): Promise<Missing> {
  const [last] = await db
    .select({ at: events.receivedAt })
    .from(events)
    .where(gt(events.receivedAt, since))
    .orderBy(oldestFirst(events.receivedAt))
    .offset(batchSize - 1)
    .limit(1);
  const found = await db
    .selectDistinct({ id: calls.id })
    .from(events)
    .innerJoin(calls, eq(calls.id, events.callId))
    .leftJoin(callFigures, eq(callFigures.callId, calls.id))
    .where(
      and(
        gt(events.receivedAt, since),
        last && lte(events.receivedAt, last.at),
        notInArray(calls.status, [...liveStatuses, "scheduled"]),
        or(isNull(callFigures.callVersion), lt(callFigures.callVersion, sql`${calls.version}`)),
      ),
    );
  return { callIds: found.map(({ id }) => id), seenUntil: last?.at ?? null };
}

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

const job = "rollups";

/**
 * Rolls up the newest finished day whose figures have changed; concurrent callers take different days. The day's row is the
 * lock: a change of that day's figures waits for it, so none is lost.
 * @param quietMs skips days that changed more recently than this
 * @returns the day that was rolled up or set aside, or null when none is left
 */
export async function rollUpDay(db: Database, quietMs: number): Promise<string | null> {
  let day: string | null = null;
  try {
    day = await db.transaction(async (tx) => {
      const found = await takeDay(tx, quietMs);
      if (!found) return null;
      day = found.day;
      await addUp(tx, found);
      return found.day;
    });
    if (day !== null) await clearSetAside(db, job, [day]);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null || day === null) throw cause;
    await recordSetAside(db, { job, item: day, reason });
  }
  return day;
}

async function takeDay(tx: Transaction, quietMs: number) {
  const [found] = await tx
    .select({ day: figureDays.day, changes: figureDays.changes })
    .from(figureDays)
    .where(
      and(
        sql`(${figureDays.rolledChanges} is distinct from ${figureDays.changes}
          or ${figureDays.rolledStages} is distinct from ${figureDays.changes})`,
        lt(figureDays.day, sql`(now() at time zone 'UTC')::date`),
        sql`not ${isSetAside(job, sql`${figureDays.day}::text`)}`,
        sql`${figureDays.changedAt} <= now() - make_interval(secs => ${quietMs / 1000})`,
      ),
    )
    .orderBy(desc(figureDays.day))
    .limit(1)
    .for("update", { skipLocked: true });
  return found ?? null;
}

async function addUp(tx: Transaction, { day, changes }: { day: string; changes: number }): Promise<void> {
  await tx.delete(figureRollups).where(eq(figureRollups.day, day));
  await tx.execute(addUpQuarters(day));
  await tx.execute(addUpDay(day));
  await tx.delete(stageRollups).where(eq(stageRollups.day, day));
  await tx.execute(addUpStages(day));
  await tx
    .update(figureDays)
    .set({ rolledChanges: changes, rolledStages: changes })
    .where(eq(figureDays.day, day));
}

const ofDay = (day: string) => sql`
  from ${callFigures}
  where at >= ${day}::timestamp at time zone 'UTC' and at < (${day}::timestamp + interval '1 day') at time zone 'UTC'`;

const into = sql`insert into ${figureRollups} (grain, day, at, assistant, assistant_name, version, number, reason, ${measureNames})`;

const addUpQuarters = (day: string) => sql`
  ${into}
  select 'quarter', ${day}::date, quarter, assistant, null, null, number, null, ${summedMeasures}
  from (select *, date_bin('15 minutes', at, timestamptz '2000-01-01 00:00Z') as quarter ${ofDay(day)}) f
  group by grouping sets ((quarter), (quarter, assistant), (quarter, number))`;

const addUpDay = (day: string) => sql`
  ${into}
  select 'day', ${day}::date, ${day}::timestamp at time zone 'UTC', assistant, max(assistant_name), version, number, reason, ${summedMeasures}
  ${ofDay(day)}
  group by grouping sets
    ((assistant), (number), (reason), (assistant, number), (assistant, reason), (number, reason),
      (assistant, version), (assistant, version, number))`;

/** The receipt time up to which events are in the figures. */
export async function readProgress(db: Pick<Database, "select" | "insert">, name: string): Promise<Date> {
  await db
    .insert(figureProgress)
    .values({ name, seenUntil: new Date(0) })
    .onConflictDoNothing();
  const [progress] = await db.select().from(figureProgress).where(eq(figureProgress.name, name));
  return progress?.seenUntil ?? new Date(0);
}

/** Never moves backwards. */
export async function recordProgress(db: Pick<Database, "update">, name: string, until: Date): Promise<void> {
  const seen = sql.param(until, figureProgress.seenUntil);
  await db
    .update(figureProgress)
    .set({ seenUntil: sql`greatest(${figureProgress.seenUntil}, ${seen})` })
    .where(eq(figureProgress.name, name));
}
