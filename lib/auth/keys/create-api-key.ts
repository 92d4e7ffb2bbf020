import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { apiKeys } from "@/db/schema/api-keys";
import type { By } from "@/lib/audit/audit";
import { createSecret } from "@/lib/auth/create-secret";
import { hashSecret } from "@/lib/auth/hash-secret";
import type { NewKey } from "@/lib/auth/keys/new-key-schema";

/** So that a leaked key can be recognised for what it is by whoever (or whatever) finds it. */
const mark = "earshot_";
const shownCharacters = mark.length + 6;
const dayMs = 24 * 60 * 60_000;

/** Makes an API key. What it returns is the only time the key is seen: its hash is kept. */
export async function createApiKey(
  db: Database,
  { name, role, expiresInDays }: NewKey,
  by: By,
): Promise<string> {
  const key = `${mark}${createSecret()}`;
  await db.transaction(async (tx) => {
    await tx.insert(apiKeys).values({
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
