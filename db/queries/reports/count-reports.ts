import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { reportConditions } from "@/db/queries/reports/report-conditions";
import { callDocuments } from "@/db/schema/call-documents";
import type { ReportFilter } from "@/lib/reports/report-filter";
import type { ReportCount } from "@/lib/reports/report-row";

/** What counting may cost, as the planner reckons: about 20 ms on a small server. */
const mostCost = 12_000;

const planSchema = z.tuple([
  z.object({
    "QUERY PLAN": z.tuple([
      z.object({ Plan: z.object({ "Plan Rows": z.number(), "Total Cost": z.number() }) }),
    ]),
  }),
]);

/** How many calls a filter asks for: counted where that is cheap, else as Postgres estimates it. */
export async function countReports(
  db: Pick<Database, "execute">,
  filter: ReportFilter,
  { isMasked }: { isMasked: boolean },
): Promise<ReportCount> {
  const conditions = reportConditions(filter, isMasked);
  const where = conditions ? sql`where ${conditions}` : sql``;
  const plan = planSchema.parse([
    ...(await db.execute(sql`explain (format json) select from ${callDocuments} ${where}`)),
  ]);
  const { "Plan Rows": rows, "Total Cost": cost } = plan[0]["QUERY PLAN"][0].Plan;
  if (cost > mostCost) return { count: rows, isExact: false };
  const [counted] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${callDocuments} ${where}`,
  );
  return { count: counted?.count ?? 0, isExact: true };
}
