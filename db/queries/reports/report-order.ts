import "server-only";
import { asc, desc, gt, lt, or, type SQL, sql } from "drizzle-orm";
import { newestFirst } from "@/db/newest-first";
import { callDocuments } from "@/db/schema/call-documents";
import type { ReportQuery, ReportSort } from "@/lib/reports/filter";

const d = callDocuments;

const columns = {
  newest: d.createdAt,
  oldest: d.createdAt,
  longest: d.durationSeconds,
  costliest: d.costUsd,
} as const;

/**
 * By what the list is sorted; the id decides between equals, the other way round where an index is read backwards. No
 * value is null, but an index is only used for the very order it is made in (db/newest-first.ts).
 */
export function reportOrder(sort: ReportSort): SQL[] {
  return sort === "oldest"
    ? [sql`${d.createdAt} asc nulls first`, desc(d.callId)]
    : [newestFirst(columns[sort]), asc(d.callId)];
}

/** What comes after a page's last call. The first half is for the index, the second for those that are its equals. */
export function afterCursor({ sort, cursor }: Pick<ReportQuery, "sort" | "cursor">): SQL | undefined {
  if (!cursor) return undefined;
  const column = columns[sort];
  const value =
    column === d.createdAt ? sql.param(new Date(cursor.value), d.createdAt) : sql`${cursor.value}::float8`;
  if (sort === "oldest")
    return sql`(${column} >= ${value} and ${or(sql`${column} > ${value}`, lt(d.callId, cursor.id))})`;
  return sql`(${column} <= ${value} and ${or(sql`${column} < ${value}`, gt(d.callId, cursor.id))})`;
}

/** The cursor after which this document is the last seen. */
export function toCursor(
  sort: ReportSort,
  last: Pick<typeof d.$inferSelect, "callId" | "createdAt" | "durationSeconds" | "costUsd">,
): string {
  const value = {
    newest: last.createdAt.getTime(),
    oldest: last.createdAt.getTime(),
    longest: last.durationSeconds,
    costliest: last.costUsd,
  }[sort];
  return `${sort}_${value}_${last.callId}`;
}
