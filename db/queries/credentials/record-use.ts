import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentialUses } from "@/db/schema/credential-uses";

/** Notes that a credential let a delivery in, unless another process has within the minute. */
export async function recordUse(db: Pick<Database, "insert">, credentialId: string): Promise<void> {
  await db
    .insert(credentialUses)
    .values({ credentialId, lastUsedAt: sql`now()` })
    .onConflictDoUpdate({
      target: credentialUses.credentialId,
      set: { lastUsedAt: sql`now()` },
      setWhere: sql`${credentialUses.lastUsedAt} < now() - interval '59 seconds'`,
    });
}
