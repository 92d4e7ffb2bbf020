import "server-only";
import { and, asc, eq, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { preferences, users } from "@/db/schema/auth";
import { reportViews } from "@/db/schema/reports";
import {
  initialColumns,
  type NewReportView,
  type ReportColumn,
  type ReportView,
  reportColumnsSchema,
} from "@/lib/reports/columns";

/** A person's own saved filters and the shared ones, by name. */
export async function listReportViews(db: Pick<Database, "select">, userId: string): Promise<ReportView[]> {
  const rows = await db
    .select({
      id: reportViews.id,
      name: reportViews.name,
      query: reportViews.query,
      isShared: reportViews.isShared,
      ownerId: reportViews.ownerId,
      ownerName: users.name,
    })
    .from(reportViews)
    .innerJoin(users, eq(users.id, reportViews.ownerId))
    .where(or(eq(reportViews.ownerId, userId), reportViews.isShared))
    .orderBy(asc(reportViews.name), asc(reportViews.id));
  return rows.map(({ ownerId, ...view }) => ({ ...view, isMine: ownerId === userId }));
}

const name = "report-columns";

/** The columns a person has chosen, or the initial ones. */
export async function readReportColumns(
  db: Pick<Database, "select">,
  userId: string,
): Promise<readonly ReportColumn[]> {
  const [row] = await db
    .select({ value: preferences.value })
    .from(preferences)
    .where(and(eq(preferences.userId, userId), eq(preferences.name, name)));
  return reportColumnsSchema.safeParse(row?.value).data?.columns ?? initialColumns;
}

export async function writeReportColumns(
  db: Pick<Database, "insert">,
  userId: string,
  columns: ReportColumn[],
): Promise<void> {
  const value = { columns };
  await db
    .insert(preferences)
    .values({ userId, name, value })
    .onConflictDoUpdate({ target: [preferences.userId, preferences.name], set: { value } });
}

/** Limit per person. */
export const mostViews = 50;

/** Saves a filter. False when this person has reached the limit. */
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

/** Deletes one of a person's own saved filters. False when there is none. */
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
