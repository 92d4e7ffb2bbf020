import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tickJobs } from "@/db/schema/tick-jobs";

/**
 * Writes a row as small as can be, and takes it back.
 *
 * @throws when the database takes no writes: its disk is full (53100), it is read-only (25006), or it is gone.
 */
export async function probeWrites(db: Pick<Database, "transaction">): Promise<void> {
  await db.transaction(async (tx) => {
    const probe = { name: "write-probe", begunAt: sql`now()` };
    await tx.insert(tickJobs).values(probe).onConflictDoUpdate({ target: tickJobs.name, set: probe });
    await tx.delete(tickJobs).where(sql`${tickJobs.name} = 'write-probe'`);
  });
}
