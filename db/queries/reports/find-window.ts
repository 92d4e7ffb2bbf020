import "server-only";
import { gte, lte, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { reportOrder } from "@/db/queries/reports/report-order";
import { callDocuments } from "@/db/schema/call-documents";

const d = callDocuments;

/**
 * Which documents are the next so many in order of time, after those of `conditions`: a condition that holds for them and for
 * those before, or null when there are not so many. Reads nothing but an index.
 */
export async function findWindow(
  db: Pick<Database, "select">,
  sort: "newest" | "oldest",
  conditions: SQL | undefined,
  count: number,
): Promise<SQL | null> {
  const [last] = await db
    .select({ createdAt: d.createdAt })
    .from(d)
    .where(conditions)
    .orderBy(...reportOrder(sort))
    .offset(count - 1)
    .limit(1);
  if (!last) return null;
  return sort === "newest" ? gte(d.createdAt, last.createdAt) : lte(d.createdAt, last.createdAt);
}
