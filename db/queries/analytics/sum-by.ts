import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Asked, isCurrent, sourceBy } from "@/db/queries/analytics/figure-source";
import { measuresAsJson } from "@/db/queries/analytics/measure-sql";
import type { Measures } from "@/lib/analytics/figures";

export interface Part {
  key: string;
  /** An assistant's newest name. */
  name: string | null;
  isCurrent: boolean;
  sum: Measures;
}

/** The calls of a period, and of the one before, added up by one dimension. */
export async function sumBy(
  db: Database,
  dimension: "assistant" | "number" | "reason",
  asked: Asked,
): Promise<Part[]> {
  const rows = await db.execute<Part & Record<string, unknown>>(sql`
    select key, (array_agg(assistant_name order by at desc) filter (where assistant_name is not null))[1] as name,
      is_current as "isCurrent", ${measuresAsJson} as sum
    from (select *, ${isCurrent(asked)} as is_current from (${sourceBy(dimension, asked)}) s) f
    where is_current is not null
    group by key, is_current
  `);
  return [...rows];
}
