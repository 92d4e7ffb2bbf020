import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { routedRequests } from "@/db/schema/routed-requests";
import { type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

/** How long assistant-requests of the last minutes took, from arrival to answer. */
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
