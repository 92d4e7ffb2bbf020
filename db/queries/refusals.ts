import { desc, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { webhookRefusals } from "@/db/schema/credentials";

/** Rejected requests grouped by what they share, most recent first. */
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

export type RefusalRow = typeof webhookRefusals.$inferInsert;

/** Number of groups stored; older ones are only counted, by reason. */
const maxRows = 500;

/**
 * Adds to the counts of rejected requests. Groups beyond the limit are merged into one row per reason, so the table stays small
 * and no count is lost.
 */
export async function recordRefusals(db: Database, rows: readonly RefusalRow[]): Promise<void> {
  await db.transaction(async (tx) => {
    // One writer at a time: two that merge each other's rows would deadlock.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('webhook_refusals'))`);
    await tx
      .insert(webhookRefusals)
      .values([...rows])
      .onConflictDoUpdate({ target: webhookRefusals.key, set: added });
    await tx.execute(fold);
  });
}

const { key, count, firstAt, lastAt } = webhookRefusals;

const added = {
  count: sql`${count} + excluded.count`,
  firstAt: sql`least(${firstAt}, excluded.first_at)`,
  lastAt: sql`greatest(${lastAt}, excluded.last_at)`,
};

const fold = sql`
  with beyond as (
    select key from ${webhookRefusals} where key <> reason order by last_at desc offset ${maxRows}
  ), gone as (
    delete from ${webhookRefusals} where ${key} in (select key from beyond) returning *
  )
  insert into ${webhookRefusals} (key, reason, header_names, count, first_at, last_at)
  select reason, reason, '[]', sum(count), min(first_at), max(last_at) from gone group by reason
  on conflict (key) do update set
    count = ${added.count}, first_at = ${added.firstAt}, last_at = ${added.lastAt}
`;
