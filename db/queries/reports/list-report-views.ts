import "server-only";
import { asc, eq, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";
import { reportViews } from "@/db/schema/report-views";
import type { ReportView } from "@/lib/reports/columns";

/** A person's own views and those that are shared, by name. */
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
