import { desc, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { routedRequests } from "@/db/schema/routing";
import { type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

/** Deletes latencies of assistant-requests after a month. */
export async function deleteOldRouted(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(routedRequests).where(lt(routedRequests.arrivedAt, sql`now() - interval '30 days'`));
}

/** The newest assistant-requests with their latencies. The index has a plain `desc`, unlike those of db/rows.ts. */
export async function listRouted(db: Pick<Database, "select">, limit: number) {
  const rows = await db
    .select()
    .from(routedRequests)
    .orderBy(desc(routedRequests.arrivedAt), routedRequests.id)
    .limit(limit);
  return rows.map((row) => ({ ...row, arrivedAt: row.arrivedAt.toISOString() }));
}

/** The latencies of recent assistant-requests, from arrival to answer. */
export async function measureRouting(db: Pick<Database, "select">): Promise<RoutingLatency> {
  const at = (share: number) =>
    sql<
      number | null
    >`percentile_disc(${sql.raw(String(share))}) within group (order by ${routedRequests.answeredMs})`;
  const [row] = await db
    .select({ count: sql<number>`count(*)::int`, p50Ms: at(0.5), p95Ms: at(0.95) })
    .from(routedRequests)
    .where(sql`${routedRequests.arrivedAt} > now() - ${`${windowMinutes} minutes`}::interval`);
  return row ?? { count: 0, p50Ms: null, p95Ms: null };
}

export type RoutedRow = typeof routedRequests.$inferInsert;

/** Records the latencies of assistant-requests. */
export async function recordRouted(db: Pick<Database, "insert">, rows: RoutedRow[]): Promise<void> {
  await db.insert(routedRequests).values(rows);
}
