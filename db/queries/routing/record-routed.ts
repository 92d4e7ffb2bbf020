import type { Database } from "@/db/client";
import { routedRequests } from "@/db/schema/routed-requests";

export type RoutedRow = typeof routedRequests.$inferInsert;

/** Keeps how long an assistant-request took. */
export async function recordRouted(db: Pick<Database, "insert">, row: RoutedRow): Promise<void> {
  await db.insert(routedRequests).values(row);
}
