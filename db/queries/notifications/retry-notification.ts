import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notifications } from "@/db/schema/notifications";

/** Makes one that was given up, or waits for its next attempt, due now; false when there is no such one. */
export async function retryNotification(db: Pick<Database, "update">, id: string): Promise<boolean> {
  const retried = await db
    .update(notifications)
    .set({ state: "waiting", dueAt: sql`now()`, settledAt: null })
    .where(and(eq(notifications.id, id), sql`${notifications.state} in ('failed', 'waiting')`))
    .returning({ id: notifications.id });
  return retried.length > 0;
}
