import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { nextDay, toDayStart } from "@/lib/reports/filter";

const dayMs = 86_400_000;

export interface Periods {
  from: Date;
  until: Date;
  beforeFrom: Date;
  beforeUntil: Date;
}

/**
 * Days of a zone → the moments a period lasts from and until, and those of as many days right before it. A period that goes on
 * ends with the quarter hour that `now` is in, and the one before it at that time of day. A day may have 23, 24.5 or 25 hours, and
 * two midnights: it begins with the first, where Postgres would take the second.
 */
export async function findPeriods(
  db: Pick<Database, "execute">,
  { from, to, zone }: { from: string; to: string; zone: string },
  now: Date,
): Promise<Periods> {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  const beforeDay = new Date(Date.parse(from) - days * dayMs).toISOString().slice(0, 10);
  const begins = toDayStart(from, zone);
  const ends = toDayStart(nextDay(to), zone);
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
    beforeFrom: toDayStart(beforeDay, zone),
    beforeUntil: new Date(row.beforeUntil),
  };
}
