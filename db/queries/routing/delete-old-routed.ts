import { lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { routedRequests } from "@/db/schema/routed-requests";

/** Forgets how long assistant-requests took a month after they came. */
export async function deleteOldRouted(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(routedRequests).where(lt(routedRequests.arrivedAt, sql`now() - interval '30 days'`));
}
