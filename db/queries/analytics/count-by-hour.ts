import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Asked, isCurrent, sourceByTime } from "@/db/queries/analytics/figure-source";

export interface HourOfWeek {
  /** 1: Monday. */
  weekday: number;
  hour: number;
  calls: number;
}

/** A period's calls by weekday and hour of its zone. */
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
