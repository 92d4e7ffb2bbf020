import "server-only";
import { and, asc, desc, eq, gt, isNull, lte, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alerts } from "@/db/schema/alerts";

/** The id of the alert that was noticed under this id, or into which its beginning falls; null for neither. */
export async function findNoticed(
  db: Pick<Database, "select">,
  id: string,
  { callId, sinceMs }: { callId: string; sinceMs: number },
): Promise<string | null> {
  const since = new Date(sinceMs);
  const [found] = await db
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.callId, callId),
        or(
          eq(alerts.id, id),
          and(lte(alerts.since, since), or(isNull(alerts.closedAt), gt(alerts.closedAt, since))),
        ),
      ),
    )
    .orderBy(desc(eq(alerts.id, id)), asc(alerts.since))
    .limit(1);
  return found?.id ?? null;
}
