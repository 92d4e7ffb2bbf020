import { desc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { routedRequests } from "@/db/schema/routed-requests";

/** The newest assistant-requests, with their times. Their index is made with a plain `desc`, unlike those of db/newest-first.ts. */
export async function listRouted(db: Pick<Database, "select">, limit: number) {
  const rows = await db
    .select()
    .from(routedRequests)
    .orderBy(desc(routedRequests.arrivedAt), routedRequests.id)
    .limit(limit);
  return rows.map((row) => ({ ...row, arrivedAt: row.arrivedAt.toISOString() }));
}

export type ListedRouted = Awaited<ReturnType<typeof listRouted>>[number];
