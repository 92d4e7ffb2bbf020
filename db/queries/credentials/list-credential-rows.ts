import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentialUses } from "@/db/schema/credential-uses";
import { webhookCredentials } from "@/db/schema/webhook-credentials";

/** Every webhook credential there ever was, newest first, with its last use; never its secret or the secret's hash. */
export async function listCredentialRows(db: Pick<Database, "select">) {
  return db
    .select({
      id: webhookCredentials.id,
      name: webhookCredentials.name,
      settings: webhookCredentials.settings,
      hint: webhookCredentials.hint,
      addressRanges: webhookCredentials.addressRanges,
      createdBy: webhookCredentials.createdBy,
      createdAt: webhookCredentials.createdAt,
      expiresAt: webhookCredentials.expiresAt,
      revokedAt: webhookCredentials.revokedAt,
      lastUsedAt: credentialUses.lastUsedAt,
    })
    .from(webhookCredentials)
    .leftJoin(credentialUses, eq(credentialUses.credentialId, sql`${webhookCredentials.id}::text`))
    .orderBy(desc(webhookCredentials.createdAt), desc(webhookCredentials.id));
}
