import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";

/**
 * Deletes failed sign-ins of strangers after 90 days. What members and keys have done stays. The table's trigger lets only
 * these through, and only in a transaction that says so.
 */
export async function deleteOldAuditEntries(db: Pick<Database, "transaction">): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('earshot.audit_retention', 'on', true)`);
    await tx.execute(
      sql`delete from ${auditLog} where actor_kind = 'nobody' and at < now() - interval '90 days'`,
    );
  });
}
