import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alertActs } from "@/db/schema/alert-acts";
import { alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { toActs } from "@/db/to-acts";
import { toAlert } from "@/db/to-alert";
import type { Alert } from "@/lib/alerts/alert";

/** An alert that was noticed, as it was last said; null when there is none of this id. */
export async function getAlert(db: Pick<Database, "select">, id: string): Promise<Alert | null> {
  const [found] = await db
    .select()
    .from(alerts)
    .innerJoin(calls, eq(alerts.callId, calls.id))
    .where(eq(alerts.id, id));
  if (!found) return null;
  const acts = await db.select().from(alertActs).where(eq(alertActs.alertId, id)).orderBy(asc(alertActs.id));
  return toAlert(found.alerts, found.calls, toActs(acts));
}
