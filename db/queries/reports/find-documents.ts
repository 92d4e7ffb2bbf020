import "server-only";
import { and, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findWindow } from "@/db/queries/reports/find-window";
import { periodConditions, reportConditions } from "@/db/queries/reports/report-conditions";
import { afterCursor, reportOrder } from "@/db/queries/reports/report-order";
import { callDocuments } from "@/db/schema/call-documents";
import type { ReportQuery } from "@/lib/reports/filter";

const d = callDocuments;

/** Nothing that is not in the indexes: they are enough then, and nothing is read of the calls that are passed over. */
const columns = {
  callId: d.callId,
  createdAt: d.createdAt,
  durationSeconds: d.durationSeconds,
  costUsd: d.costUsd,
};

export type FoundDocument = Pick<typeof d.$inferSelect, keyof typeof columns>;

/** So many documents are searched first, then so many more. */
const windows = [2_000, 16_000, 128_000];

/**
 * Where the documents of a page are, and one more where there is one. What everybody says, half of all calls have: to find all of them and
 * show the newest takes seconds. So the newest are searched first, and more of them only while the page is not full.
 */
export async function findDocuments(
  db: Pick<Database, "select">,
  query: ReportQuery,
  isMasked: boolean,
): Promise<FoundDocument[]> {
  const { sort, limit } = query;
  const all = and(reportConditions(query, isMasked), afterCursor(query));
  const find = (condition: SQL | undefined) =>
    db
      .select(columns)
      .from(d)
      .where(condition)
      .orderBy(...reportOrder(sort))
      .limit(limit + 1);
  if (query.q === undefined || (sort !== "newest" && sort !== "oldest")) return find(all);
  const inTime = and(...periodConditions(query), afterCursor(query));
  for (const count of windows) {
    const window = await findWindow(db, sort, inTime, count);
    if (window === null) break;
    const found = await find(and(all, window));
    if (found.length > limit) return found;
  }
  return find(all);
}
