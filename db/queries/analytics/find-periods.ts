import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

export interface Periods {
  from: Date;
  until: Date;
  beforeFrom: Date;
  beforeUntil: Date;
}

/**
 * Days of a zone → the moments a period lasts from and until, and those of as many days right before it. A period that goes on
 * ends with the quarter hour that `now` is in, and the one before it at that time of day. Postgres knows when each zone's
 * clocks are changed: a day may have 23, 24.5 or 25 hours.
 */
export async function findPeriods(
  db: Pick<Database, "execute">,
  { from, to, zone }: { from: string; to: string; zone: string },
  now: Date,
): Promise<Periods> {
  const [row] = await db.execute<Record<keyof Periods, string>>(sql`
    with asked as (
      select ${from}::timestamp as begins, ${to}::timestamp + interval '1 day' as ends, ${zone}::text as zone,
        ${to}::date - ${from}::date + 1 as days
    ), cut as (
      select *, greatest(begins at time zone zone, least(ends at time zone zone,
        date_bin('15 minutes', ${now.toISOString()}::timestamptz, timestamptz '2000-01-01 00:00Z') + interval '15 minutes'
      )) as until from asked
    )
    select begins at time zone zone as "from", until,
      (begins - make_interval(days => days)) at time zone zone as "beforeFrom",
      ((until at time zone zone) - make_interval(days => days)) at time zone zone as "beforeUntil"
    from cut
  `);
  if (!row) throw new Error("find-periods returned no row");
  return {
    from: new Date(row.from),
    until: new Date(row.until),
    beforeFrom: new Date(row.beforeFrom),
    beforeUntil: new Date(row.beforeUntil),
  };
}
