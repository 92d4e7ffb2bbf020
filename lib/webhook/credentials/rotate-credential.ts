import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { webhookCredentials } from "@/db/schema/webhook-credentials";
import type { By } from "@/lib/audit/audit";
import type { ShownCredential } from "@/lib/credentials/shown-credential";
import { forgetCredentials } from "@/lib/webhook/credentials/known-credentials";
import { makeSecret, toStoredSecret } from "@/lib/webhook/credentials/make-secret";

/**
 * Makes a credential's successor: all the same but for the secret. Both are valid for `graceHours`, while Vapi is told
 * the new one; then the old one expires by itself. With 0 it is revoked at once.
 * @returns null when there is none that could be rotated: unknown, revoked, or rotated already
 */
export async function rotateCredential(
  db: Database,
  id: string,
  { graceHours }: { graceHours: number },
  by: By,
): Promise<ShownCredential | null> {
  const shown = await db.transaction(async (tx) => {
    const { expiresAt, revokedAt } = webhookCredentials;
    const [old] = await tx
      .update(webhookCredentials)
      .set(
        graceHours > 0
          ? { expiresAt: sql`now() + ${graceHours} * interval '1 hour'` }
          : { revokedAt: sql`now()` },
      )
      .where(and(eq(webhookCredentials.id, id), isNull(revokedAt), isNull(expiresAt)))
      .returning();
    if (!old) return null;
    const { name, settings, addressRanges } = old;
    const successor = randomUUID();
    const secret = makeSecret(settings);
    const stored = toStoredSecret(secret, settings, successor);
    const createdBy = by.actor.name;
    await tx
      .insert(webhookCredentials)
      .values({ id: successor, name, settings, addressRanges, createdBy, ...stored });
    const detail = { oldValidForHours: String(graceHours) };
    await recordAudit(tx, { ...by, action: "credential.rotated", target: name, detail });
    return { id: successor, secret, settings };
  });
  if (shown) forgetCredentials();
  return shown;
}
