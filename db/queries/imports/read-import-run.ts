import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { importRuns } from "@/db/schema/import-runs";

/** Down to when an import of this key has come, if it was cut off. */
export async function readImportRun(db: Pick<Database, "select">, key: string): Promise<Date | null> {
  const [run] = await db.select().from(importRuns).where(eq(importRuns.key, key));
  return run?.doneDownTo ?? null;
}
