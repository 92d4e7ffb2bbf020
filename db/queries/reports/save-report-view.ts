import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { reportViews } from "@/db/schema/report-views";
import type { NewReportView } from "@/lib/reports/columns";

/** Nobody reads a longer list. */
export const mostViews = 50;

/** Keeps a view. Returns false when this person has as many as anybody may have. */
export async function saveReportView(
  db: Pick<Database, "execute">,
  ownerId: string,
  view: NewReportView,
): Promise<boolean> {
  const { name, query, isShared } = view;
  const saved = await db.execute(sql`
    insert into ${reportViews} (name, query, owner_id, is_shared)
    select ${name}, ${query}, ${ownerId}, ${isShared}
    where (select count(*) from ${reportViews} where ${reportViews.ownerId} = ${ownerId}) < ${mostViews}
    returning id
  `);
  return saved.length > 0;
}

/** Forgets one of a person's own views. Returns false when it is none. */
export async function deleteReportView(
  db: Pick<Database, "delete">,
  ownerId: string,
  id: string,
): Promise<boolean> {
  const gone = await db
    .delete(reportViews)
    .where(and(eq(reportViews.id, id), eq(reportViews.ownerId, ownerId)))
    .returning({ id: reportViews.id });
  return gone.length > 0;
}
