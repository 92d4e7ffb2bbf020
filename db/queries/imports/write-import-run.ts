import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { importRuns } from "@/db/schema/import-runs";

/** Remembers down to when an import has come; null: to its end, the next one begins anew. */
export async function writeImportRun(
  db: Pick<Database, "insert">,
  key: string,
  doneDownTo: Date | null,
): Promise<void> {
  const now = sql`now()`;
  await db
    .insert(importRuns)
    .values({ key, doneDownTo, updatedAt: now })
    .onConflictDoUpdate({ target: importRuns.key, set: { doneDownTo, updatedAt: now } });
}
