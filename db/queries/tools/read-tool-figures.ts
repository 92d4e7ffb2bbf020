import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toolCalls } from "@/db/schema/tool-calls";
import type { ToolFigures } from "@/lib/tools/tool";

/** What we have answered ourselves (lib/webhook/witness-tool-history.ts); other servers' tools are not ours to judge. */
export const ownAnswer = 2;

/** How each tool did in the last days, by its name. */
export async function readToolFigures(
  db: Pick<Database, "select">,
  days: number,
): Promise<Map<string, ToolFigures>> {
  const { name, askedAt, answeredAt, error, witness } = toolCalls;
  const took = sql`extract(epoch from ${answeredAt} - ${askedAt}) * 1000`;
  const rows = await db
    .select({
      name,
      calls: sql<number>`count(*)::int`,
      failures: sql<number>`count(${error})::int`,
      p50Ms: sql<number | null>`percentile_cont(0.5) within group (order by ${took})`,
      p95Ms: sql<number | null>`percentile_cont(0.95) within group (order by ${took})`,
    })
    .from(toolCalls)
    .where(and(eq(witness, ownAnswer), gt(askedAt, sql`now() - make_interval(days => ${days})`)))
    .groupBy(name);
  return new Map(rows.map(({ name: tool, ...figures }) => [tool, figures]));
}
