import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Asked } from "@/db/queries/analytics/figure-source";

export interface StepBegin {
  /** What date_trunc makes of every moment of the step. */
  key: Date;
  /** Its first moment. The same, but for an hour that clocks jump into the middle of: Lord Howe's are changed by half an hour. */
  from: Date;
}

/** All hours or days of a zone that a period has, ascending. */
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
