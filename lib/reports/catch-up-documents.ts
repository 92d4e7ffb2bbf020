import "server-only";
import type { Database } from "@/db/client";
import { findUndocumented } from "@/db/queries/reports/find-undocumented";
import { refreshDocuments } from "@/db/queries/reports/refresh-documents";
import { workApart } from "@/lib/tick/work-apart";

const atOnce = 200;

/**
 * Puts every call that is over into the archive as it is now, until there is no more or `budgetMs` has passed: those a
 * process died over, those imported, those retention has taken something from. Returns how many. One that fails for its
 * content is set aside.
 */
export async function catchUpDocuments(db: Database, budgetMs = 20_000): Promise<number> {
  const deadline = Date.now() + budgetMs;
  for (let total = 0; ; ) {
    const ids = await findUndocumented(db, atOnce);
    await workApart(db, "archive", ids, atOnce, (some) => refreshDocuments(db, some));
    total += ids.length;
    if (ids.length < atOnce || Date.now() > deadline) return total;
  }
}
