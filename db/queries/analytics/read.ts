import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import {
  type Asked,
  type Dimension,
  isCurrent,
  measuresAsJson,
  sourceBy,
  sourceByTime,
} from "@/db/queries/analytics/figures";
import type { Measures } from "@/lib/analytics/figures";
import { toDayStart } from "@/lib/zone-time";
import { addDays } from "@/lib/zones";

interface HourOfWeek {
  /** 1: Monday. */
  weekday: number;
  hour: number;
  calls: number;
}

/** The calls of a period by weekday and hour in its zone. */
export async function countByHour(db: Database, asked: Asked): Promise<HourOfWeek[]> {
  const rows = await db.execute<HourOfWeek & Record<string, unknown>>(sql`
    select extract(isodow from local)::int as weekday, extract(hour from local)::int as hour, sum(calls)::int as calls
    from (select at at time zone ${asked.zone} as local, calls, ${isCurrent(asked)} as is_current
      from (${sourceByTime(asked)}) s) f
    where is_current
    group by 1, 2
    order by 1, 2
  `);
  return [...rows];
}

interface Periods {
  from: Date;
  until: Date;
  beforeFrom: Date;
  beforeUntil: Date;
}

/**
 * Turns days of a zone into the start and end of a period and of an equally long one before it. A current period ends with the
 * quarter hour of `now`, and the one before at the same time of day. A day can have 23, 24.5 or 25 hours and two midnights: it
 * begins with the first, where Postgres would take the second.
 */
export async function findPeriods(
  db: Pick<Database, "execute">,
  { from, to, zone }: { from: string; to: string; zone: string },
  now: Date,
): Promise<Periods> {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  const begins = toDayStart(from, zone);
  const ends = toDayStart(addDays(to, 1), zone);
  const [row] = await db.execute<{ until: string; beforeUntil: string }>(sql`
    with asked as (
      select ${begins.toISOString()}::timestamptz as begins, ${ends.toISOString()}::timestamptz as ends,
        ${zone}::text as zone, ${days}::int as days
    ), cut as (
      select *, greatest(begins, least(ends,
        date_bin('15 minutes', ${now.toISOString()}::timestamptz, timestamptz '2000-01-01 00:00Z') + interval '15 minutes'
      )) as until from asked
    )
    select until, case until when ends then begins
      else ((until at time zone zone) - make_interval(days => days)) at time zone zone end as "beforeUntil"
    from cut
  `);
  if (!row) throw new Error("find-periods returned no row");
  return {
    from: begins,
    until: new Date(row.until),
    beforeFrom: toDayStart(addDays(from, -days), zone),
    beforeUntil: new Date(row.beforeUntil),
  };
}

interface StepBegin {
  /** The result of date_trunc for the step. */
  key: Date;
  /** The step's first moment. It differs from the key when clocks jump into the middle of an hour, as on Lord Howe Island. */
  from: Date;
}

/** All hours or days of a period in its zone, ascending. */
export async function listSteps(
  db: Pick<Database, "execute">,
  { from, until, zone }: Pick<Asked, "from" | "until" | "zone">,
  unit: "hour" | "day",
): Promise<StepBegin[]> {
  const rows = await db.execute<{ key: string; from: string }>(sql`
    select date_trunc(${unit}, quarter, ${zone}) as key, min(quarter) as "from"
    from generate_series(
      ${from.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz - interval '15 minutes', '15 minutes'
    ) quarter
    group by 1
    order by 1
  `);
  return rows.map((row) => ({ key: new Date(row.key), from: new Date(row.from) }));
}

export interface Step {
  /** The step's key, as in `StepBegin`. */
  at: Date;
  isCurrent: boolean;
  sum: Measures;
}

/** Sums of the calls of a period and of the one before, by hour or day of the zone, without empty steps. */
export async function sumByTime(db: Database, asked: Asked, unit: "hour" | "day"): Promise<Step[]> {
  const rows = await db.execute<{ at: string; isCurrent: boolean; sum: Measures }>(sql`
    select date_trunc(${unit}, at, ${asked.zone}) as at, is_current as "isCurrent", ${measuresAsJson} as sum
    from (select *, ${isCurrent(asked)} as is_current from (${sourceByTime(asked)}) s) f
    where is_current is not null
    group by 1, 2
  `);
  return rows.map(({ at, ...step }) => ({ at: new Date(at), ...step }));
}

export interface Part {
  key: string;
  /** The assistant's newest name. */
  name: string | null;
  isCurrent: boolean;
  /** When its first call was made, to the day for rolled-up days. */
  firstAt: Date;
  sum: Measures;
}

/** Sums of the calls of a period and of the one before, by one dimension. */
export async function sumBy(db: Database, dimension: Dimension, asked: Asked): Promise<Part[]> {
  const rows = await db.execute<Omit<Part, "firstAt"> & { firstAt: string }>(sql`
    select key, (array_agg(assistant_name order by at desc) filter (where assistant_name is not null))[1] as name,
      is_current as "isCurrent", min(at) as "firstAt", ${measuresAsJson} as sum
    from (select *, ${isCurrent(asked)} as is_current from (${sourceBy(dimension, asked)}) s) f
    where is_current is not null
    group by key, is_current
  `);
  return rows.map(({ firstAt, ...part }) => ({ ...part, firstAt: new Date(firstAt) }));
}
