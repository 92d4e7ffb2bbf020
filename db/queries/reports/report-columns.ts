import "server-only";
import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { preferences } from "@/db/schema/preferences";
import { initialColumns, type ReportColumn, reportColumnsSchema } from "@/lib/reports/columns";

const name = "report-columns";

/** Which columns a person has chosen. */
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
