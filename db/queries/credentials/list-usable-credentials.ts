import { and, gt, isNull, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { webhookCredentials } from "@/db/schema/webhook-credentials";

/**
 * Credentials with what verification needs of them, newest first. Those that ceased to be valid within a month come
 * too, so that somebody who still sends one can be told.
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
