import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/derive-figures";
import { findMissingFigures } from "@/db/queries/analytics/find-missing-figures";
import { figureProgress } from "@/db/schema/figure-progress";
import { workApart } from "@/lib/tick/work-apart";

const name = "events";
/** An event may be received this long before its transaction is seen. */
const slackMs = 60_000;
const atOnce = 200;

/**
 * Derives the figures that nobody has: a process died after it had recorded an event, or the calls are older than the figures.
 * The event log says which calls have changed. It may be killed at any point, and run twice at once.
 */
export async function catchUpFigures(db: Database, budgetMs = 20_000): Promise<void> {
  const deadline = Date.now() + budgetMs;
  await db
    .insert(figureProgress)
    .values({ name, seenUntil: new Date(0) })
    .onConflictDoNothing();
  while (!(await step(db)) && Date.now() < deadline);
}

/** Returns whether that was all. */
async function step(db: Database): Promise<boolean> {
  const settledUntil = new Date(Date.now() - slackMs);
  const [progress] = await db.select().from(figureProgress).where(eq(figureProgress.name, name));
  const { callIds, seenUntil } = await findMissingFigures(db, progress?.seenUntil ?? new Date(0));
  await workApart(db, "figures", callIds, atOnce, (some) => deriveFigures(db, some));
  const isAll = seenUntil === null || seenUntil > settledUntil;
  const until = sql.param(isAll ? settledUntil : seenUntil, figureProgress.seenUntil);
  await db
    .update(figureProgress)
    .set({ seenUntil: sql`greatest(${figureProgress.seenUntil}, ${until})` })
    .where(eq(figureProgress.name, name));
  return isAll;
}
