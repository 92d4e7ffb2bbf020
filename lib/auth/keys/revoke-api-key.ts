import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { apiKeys } from "@/db/schema/api-keys";
import type { By } from "@/lib/audit/audit";

/** Revokes a key for good; false when there is none to revoke. @param id a UUID */
export async function revokeApiKey(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name });
    if (!revoked) return false;
    await recordAudit(tx, { ...by, action: "api-key.revoked", target: revoked.name });
    return true;
  });
}
