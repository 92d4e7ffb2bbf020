import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { insertApiKey, markKeyRevoked } from "@/db/queries/auth/api-keys";
import type { By } from "@/lib/audit/audit";
import type { NewKey } from "@/lib/auth/people";
import { createSecret, hashSecret } from "@/lib/auth/server/secrets";

/** Prefix by which people and scanners recognise a leaked key. */
const mark = "earshot_";
const shownCharacters = mark.length + 6;
const dayMs = 24 * 60 * 60_000;

/** Creates an API key and returns it. Only its hash is stored, so it can never be shown again. */
export async function createApiKey(
  db: Database,
  { name, role, expiresInDays }: NewKey,
  by: By,
): Promise<string> {
  const key = `${mark}${createSecret()}`;
  await db.transaction(async (tx) => {
    await insertApiKey(tx, {
      name,
      role,
      prefix: key.slice(0, shownCharacters),
      keyHash: hashSecret(key),
      createdBy: by.actor.name,
      expiresAt: expiresInDays === null ? null : new Date(Date.now() + expiresInDays * dayMs),
    });
    await recordAudit(tx, { ...by, action: "api-key.created", target: name, detail: { role } });
  });
  return key;
}

/** Revokes a key for good; false if there is none to revoke. @param id a UUID */
export async function revokeApiKey(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await markKeyRevoked(tx, id);
    if (target === null) return false;
    await recordAudit(tx, { ...by, action: "api-key.revoked", target });
    return true;
  });
}
