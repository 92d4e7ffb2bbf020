import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { apiKeys } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";

export type FoundKey = { id: string; name: string; role: Role; state: "valid" | "revoked" | "expired" };

/**
 * The key with this hash, in any state. Its use is recorded at most once a minute, so that a polling script does not write with
 * every request.
 */
export async function findApiKey(
  db: Pick<Database, "select" | "update">,
  keyHash: string,
): Promise<FoundKey | null> {
  const [key] = await db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      role: apiKeys.role,
      state: sql<FoundKey["state"]>`case when ${apiKeys.revokedAt} is not null then 'revoked'
        when ${apiKeys.expiresAt} <= now() then 'expired' else 'valid' end`,
      isNoteDue: sql<boolean>`${apiKeys.lastUsedAt} is null or ${apiKeys.lastUsedAt} < now() - interval '1 minute'`,
    })
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, keyHash));
  if (!key) return null;
  const { isNoteDue, ...found } = key;
  if (found.state === "valid" && isNoteDue) await recordUse(db, found.id);
  return found;
}

async function recordUse(db: Pick<Database, "update">, id: string): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(eq(apiKeys.id, id));
}

/** All keys ever created, newest first, without their hashes. */
export async function listApiKeys(db: Pick<Database, "select">) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      role: apiKeys.role,
      createdBy: apiKeys.createdBy,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
}

export type ListedKey = Awaited<ReturnType<typeof listApiKeys>>[number];

export async function insertApiKey(
  tx: Pick<Database, "insert">,
  key: typeof apiKeys.$inferInsert,
): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** The revoked key's name; null when there is none to revoke. */
export async function markKeyRevoked(tx: Pick<Database, "update">, id: string): Promise<string | null> {
  const [revoked] = await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ name: apiKeys.name });
  return revoked?.name ?? null;
}
