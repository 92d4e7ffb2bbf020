import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { webhookCredentials } from "@/db/schema/webhook-credentials";
import type { By } from "@/lib/audit/audit";
import { forgetCredentials } from "@/lib/webhook/credentials/known-credentials";

/** Revokes a credential for good; false when there is none to revoke. @param id a UUID */
export async function revokeCredential(db: Database, id: string, by: By): Promise<boolean> {
  const isRevoked = await db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(webhookCredentials)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(webhookCredentials.id, id), isNull(webhookCredentials.revokedAt)))
      .returning({ name: webhookCredentials.name });
    if (!revoked) return false;
    await recordAudit(tx, { ...by, action: "credential.revoked", target: revoked.name });
    return true;
  });
  if (isRevoked) forgetCredentials();
  return isRevoked;
}
