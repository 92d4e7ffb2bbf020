import "server-only";
import type { Database } from "@/db/client";
import { rollUpDay } from "@/db/queries/analytics/roll-up-day";

/** Events of a day come in bursts: it is added up once they have stopped for so long. */
const usualQuietMs = 60_000;

/**
 * Adds up the days that need it, newest first, until there is none left or `budgetMs` has passed: the next run goes on. Analytics
 * are right without it at any time, only slower, for what is not added up is read call by call.
 */
export async function rollUpFigures(
  db: Database,
  { budgetMs = 20_000, quietMs = usualQuietMs }: { budgetMs?: number; quietMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + budgetMs;
  while (Date.now() < deadline && (await rollUpDay(db, quietMs)) !== null);
}
