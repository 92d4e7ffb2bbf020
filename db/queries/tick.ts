import "server-only";
import { and, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type CallRow, calls } from "@/db/schema/calls";
import { tickJobs } from "@/db/schema/operations";
import { liveStatuses, staleAfterMs } from "@/lib/calls/call";

const atOnce = 20;

/** Claims live calls without recent events. Each goes to one caller and is not claimed again for the same length of time. */
export async function claimStaleCalls(db: Database): Promise<CallRow[]> {
  const longAgo = sql`now() - make_interval(secs => ${staleAfterMs / 1000})`;
  const stale = db.$with("stale").as(
    db
      .select({ id: calls.id })
      .from(calls)
      .where(
        and(
          inArray(calls.status, [...liveStatuses]),
          lt(calls.lastEventAt, longAgo),
          or(isNull(calls.checkedAt), lt(calls.checkedAt, longAgo)),
        ),
      )
      .orderBy(calls.lastEventAt)
      .limit(atOnce)
      .for("update", { skipLocked: true }),
  );
  return db
    .with(stale)
    .update(calls)
    .set({ checkedAt: sql`now()` })
    .where(inArray(calls.id, db.select({ id: stale.id }).from(stale)))
    .returning();
}

/** Claims the right to run a job, unless it ran within `everyMs`. Of several concurrent callers, one gets it. */
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
