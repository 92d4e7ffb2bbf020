import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentialUses, webhookCredentials } from "@/db/schema/credentials";

/** All webhook credentials ever created, newest first, with their last use and without their secrets' hashes. */
export async function listCredentialRows(db: Pick<Database, "select">) {
  return db
    .select({
      id: webhookCredentials.id,
      name: webhookCredentials.name,
      settings: webhookCredentials.settings,
      sealedSecret: webhookCredentials.sealedSecret,
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

/**
 * Credentials with the columns that verification needs, newest first. Includes those that ended within a month, so that a
 * rejection can name them.
 */
export async function listUsableCredentials(db: Pick<Database, "select">) {
  const { expiresAt, revokedAt } = webhookCredentials;
  const aMonthAgo = sql`now() - interval '30 days'`;
  return db
    .select({
      id: webhookCredentials.id,
      name: webhookCredentials.name,
      settings: webhookCredentials.settings,
      secretHash: webhookCredentials.secretHash,
      sealedSecret: webhookCredentials.sealedSecret,
      addressRanges: webhookCredentials.addressRanges,
      expiresAt,
      revokedAt,
    })
    .from(webhookCredentials)
    .where(
      and(or(isNull(expiresAt), gt(expiresAt, aMonthAgo)), or(isNull(revokedAt), gt(revokedAt, aMonthAgo))),
    )
    .orderBy(sql`${webhookCredentials.createdAt} desc`);
}

export type UsableCredential = Awaited<ReturnType<typeof listUsableCredentials>>[number];

/** The last use of each credential by id, including those of the environment. */
export async function listUses(db: Pick<Database, "select">): Promise<Map<string, Date>> {
  const uses = await db.select().from(credentialUses);
  return new Map(uses.map(({ credentialId, lastUsedAt }) => [credentialId, lastUsedAt]));
}

/** Records that a credential was used, unless a use within the last minute is already recorded. */
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

export async function insertCredential(
  tx: Pick<Database, "insert">,
  credential: typeof webhookCredentials.$inferInsert,
): Promise<void> {
  await tx.insert(webhookCredentials).values(credential);
}

/** The revoked credential's name; null when there is none to revoke. */
export async function markCredentialRevoked(
  tx: Pick<Database, "update">,
  id: string,
): Promise<string | null> {
  const [revoked] = await tx
    .update(webhookCredentials)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(webhookCredentials.id, id), isNull(webhookCredentials.revokedAt)))
    .returning({ name: webhookCredentials.name });
  return revoked?.name ?? null;
}

/**
 * Ends a credential after `graceHours`, at once with 0. Returns what its successor inherits; null when it is unknown or already
 * ending.
 */
export async function retireCredential(tx: Pick<Database, "update">, id: string, graceHours: number) {
  const { name, settings, addressRanges, expiresAt, revokedAt } = webhookCredentials;
  const [old] = await tx
    .update(webhookCredentials)
    .set(
      graceHours > 0
        ? { expiresAt: sql`now() + ${graceHours} * interval '1 hour'` }
        : { revokedAt: sql`now()` },
    )
    .where(and(eq(webhookCredentials.id, id), isNull(revokedAt), isNull(expiresAt)))
    .returning({ name, settings, addressRanges });
  return old ?? null;
}
