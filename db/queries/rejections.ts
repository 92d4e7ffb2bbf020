import { desc, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { webhookRejections } from "@/db/schema/credentials";

/** Rejected requests grouped by what they share, most recent first. */
export async function listRejections(db: Pick<Database, "select">, limit: number) {
  return db
    .select({
      key: webhookRejections.key,
      reason: webhookRejections.reason,
      header: webhookRejections.header,
      credentialId: webhookRejections.credentialId,
      found: webhookRejections.found,
      headerNames: webhookRejections.headerNames,
      addressRange: webhookRejections.addressRange,
      count: webhookRejections.count,
      firstAt: webhookRejections.firstAt,
      lastAt: webhookRejections.lastAt,
    })
    .from(webhookRejections)
    .orderBy(desc(webhookRejections.lastAt), webhookRejections.key)
    .limit(limit);
}

export type ListedRejectionRow = Awaited<ReturnType<typeof listRejections>>[number];

export type RejectionRow = typeof webhookRejections.$inferInsert;

/** Number of groups stored; older ones are only counted, by reason. */
const maxRows = 500;

/**
 * Adds to the counts of rejected requests. Groups beyond the limit are merged into one row per reason, so the table stays small
 * and no count is lost.
 */
export async function recordRejections(db: Database, rows: readonly RejectionRow[]): Promise<void> {
  await db.transaction(async (tx) => {
    // One writer at a time: two that merge each other's rows would deadlock.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('webhook_rejections'))`);
    await tx
      .insert(webhookRejections)
      .values([...rows])
      .onConflictDoUpdate({ target: webhookRejections.key, set: added });
    await tx.execute(fold);
  });
}

const { key, count, firstAt, lastAt } = webhookRejections;

const added = {
  count: sql`${count} + excluded.count`,
  firstAt: sql`least(${firstAt}, excluded.first_at)`,
  lastAt: sql`greatest(${lastAt}, excluded.last_at)`,
};

const fold = sql`
  with beyond as (
    select key from ${webhookRejections} where key <> reason order by last_at desc offset ${maxRows}
  ), gone as (
    delete from ${webhookRejections} where ${key} in (select key from beyond) returning *
  )
  insert into ${webhookRejections} (key, reason, header_names, count, first_at, last_at)
  select reason, reason, '[]', sum(count), min(first_at), max(last_at) from gone group by reason
  on conflict (key) do update set
    count = ${added.count}, first_at = ${added.firstAt}, last_at = ${added.lastAt}
`;
