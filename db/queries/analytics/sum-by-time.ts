import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Asked, isCurrent, sourceByTime } from "@/db/queries/analytics/figure-source";
import { measuresAsJson } from "@/db/queries/analytics/measure-sql";
import type { Measures } from "@/lib/analytics/figures";

export interface Step {
  /** The step's key (list-steps.ts); null for the whole of the period before. */
  at: Date | null;
  sum: Measures;
}

/** A period's calls added up by hour or day of its zone, steps without calls left out, and those of the period before in one. */
export async function sumByTime(db: Database, asked: Asked, unit: "hour" | "day"): Promise<Step[]> {
  const rows = await db.execute<{ at: string | null; sum: Measures }>(sql`
    select case when is_current then date_trunc(${unit}, at, ${asked.zone}) end as at, ${measuresAsJson} as sum
    from (select *, ${isCurrent(asked)} as is_current from (${sourceByTime(asked)}) s) f
    where is_current is not null
    group by 1
  `);
  return rows.map(({ at, sum }) => ({ at: at === null ? null : new Date(at), sum }));
}
