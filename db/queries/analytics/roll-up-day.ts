import "server-only";
import { and, desc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { measureNames, summedMeasures } from "@/db/queries/analytics/measure-sql";
import { callFigures } from "@/db/schema/call-figures";
import { figureDays } from "@/db/schema/figure-days";
import { figureRollups } from "@/db/schema/figure-rollups";

/**
 * Adds up the newest day that is over and whose figures have changed since it was last added up; of two who come at once, each takes
 * another. The day's row is the lock: whoever changes a figure of that day waits for it, so that nothing falls between.
 * @param quietMs a day that changed more recently than this is left for later
 * @returns the day, or null when there is none left
 */
export async function rollUpDay(db: Database, quietMs: number): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ day: figureDays.day, changes: figureDays.changes })
      .from(figureDays)
      .where(
        and(
          or(isNull(figureDays.rolledChanges), ne(figureDays.rolledChanges, figureDays.changes)),
          lt(figureDays.day, sql`(now() at time zone 'UTC')::date`),
          sql`${figureDays.changedAt} <= now() - make_interval(secs => ${quietMs / 1000})`,
        ),
      )
      .orderBy(desc(figureDays.day))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!found) return null;
    const { day, changes } = found;
    await tx.delete(figureRollups).where(eq(figureRollups.day, day));
    await tx.execute(addUpQuarters(day));
    await tx.execute(addUpDay(day));
    await tx.update(figureDays).set({ rolledChanges: changes }).where(eq(figureDays.day, day));
    return day;
  });
}

const ofDay = (day: string) => sql`
  from ${callFigures}
  where at >= ${day}::timestamp at time zone 'UTC' and at < (${day}::timestamp + interval '1 day') at time zone 'UTC'`;

const into = sql`insert into ${figureRollups} (grain, day, at, assistant, assistant_name, number, reason, ${measureNames})`;

const addUpQuarters = (day: string) => sql`
  ${into}
  select 'quarter', ${day}::date, quarter, assistant, null, number, null, ${summedMeasures}
  from (select *, date_bin('15 minutes', at, timestamptz '2000-01-01 00:00Z') as quarter ${ofDay(day)}) f
  group by grouping sets ((quarter), (quarter, assistant), (quarter, number))`;

const addUpDay = (day: string) => sql`
  ${into}
  select 'day', ${day}::date, ${day}::timestamp at time zone 'UTC', assistant, max(assistant_name), number, reason, ${summedMeasures}
  ${ofDay(day)}
  group by grouping sets
    ((assistant), (number), (reason), (assistant, number), (assistant, reason), (number, reason))`;
