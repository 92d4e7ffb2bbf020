import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/**
 * Waits until nobody else looks at the alerts of these calls, and keeps others waiting until the transaction ends. The calls'
 * own rows stay free, so that no event has to wait.
 */
export async function lockAlerts(tx: Pick<Database, "execute">, callIds: readonly string[]): Promise<void> {
  const ids = JSON.stringify([...new Set(callIds)].sort());
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtext('earshot alerts'), hashtext(id))
    from jsonb_array_elements_text(${ids}::jsonb) with ordinality as calls(id, n) order by n
  `);
}
