import { desc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { webhookRefusals } from "@/db/schema/webhook-refusals";

/** Refused deliveries by what they have in common, those that came last first. */
export async function listRefusals(db: Pick<Database, "select">, limit: number) {
  return db
    .select({
      key: webhookRefusals.key,
      reason: webhookRefusals.reason,
      header: webhookRefusals.header,
      credentialId: webhookRefusals.credentialId,
      found: webhookRefusals.found,
      headerNames: webhookRefusals.headerNames,
      addressRange: webhookRefusals.addressRange,
      count: webhookRefusals.count,
      firstAt: webhookRefusals.firstAt,
      lastAt: webhookRefusals.lastAt,
    })
    .from(webhookRefusals)
    .orderBy(desc(webhookRefusals.lastAt), webhookRefusals.key)
    .limit(limit);
}

export type ListedRefusalRow = Awaited<ReturnType<typeof listRefusals>>[number];
