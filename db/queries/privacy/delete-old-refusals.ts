import { lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { webhookRefusals } from "@/db/schema/webhook-refusals";

/** Forgets refused deliveries a month after they last came. */
export async function deleteOldRefusals(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(webhookRefusals).where(lt(webhookRefusals.lastAt, sql`now() - interval '30 days'`));
}
