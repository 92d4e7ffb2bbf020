import "server-only";
import { lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tickJobs } from "@/db/schema/tick-jobs";

/** Takes the turn to do a job, unless somebody has within `everyMs`; of all who ask at once, one gets it. */
export async function takeTurn(
  db: Pick<Database, "insert">,
  name: string,
  everyMs: number,
): Promise<boolean> {
  const taken = await db
    .insert(tickJobs)
    .values({ name, begunAt: sql`now()` })
    .onConflictDoUpdate({
      target: tickJobs.name,
      set: { begunAt: sql`now()` },
      setWhere: lte(tickJobs.begunAt, sql`now() - make_interval(secs => ${everyMs / 1000})`),
    })
    .returning({ name: tickJobs.name });
  return taken.length > 0;
}
