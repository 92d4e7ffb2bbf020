import "server-only";
import { and, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { alertActs } from "@/db/schema/alert-acts";
import { alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { toActs } from "@/db/to-acts";
import { toAlert } from "@/db/to-alert";
import type { AlertFilter, AlertList } from "@/lib/alerts/alert";

/** Alerts that were noticed, newest first, a page at a time (keyset: a page costs the same however far down it is). */
export async function listAlerts(
  db: Pick<Database, "select">,
  { callId, cursor, limit }: Pick<AlertFilter, "callId" | "cursor" | "limit">,
): Promise<AlertList> {
  const rows = await db
    .select()
    .from(alerts)
    .innerJoin(calls, eq(alerts.callId, calls.id))
    .where(and(callId === undefined ? undefined : eq(alerts.callId, callId), cursor && startsAfter(cursor)))
    .orderBy(newestFirst(alerts.openedAt), alerts.id)
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const ids = page.map((row) => row.alerts.id);
  const acts = ids.length > 0 ? await db.select().from(alertActs).where(inArray(alertActs.alertId, ids)) : [];
  const last = page.at(-1)?.alerts;
  return {
    alerts: page.map((row) =>
      toAlert(row.alerts, row.calls, toActs(acts.filter(({ alertId }) => alertId === row.alerts.id))),
    ),
    nextCursor: rows.length > limit && last ? `${last.openedAt.getTime()}_${last.id}` : null,
  };
}

function startsAfter({ openedAt, id }: NonNullable<AlertFilter["cursor"]>): SQL | undefined {
  const at = sql.param(openedAt, alerts.openedAt);
  return or(lt(alerts.openedAt, openedAt), and(sql`${alerts.openedAt} = ${at}`, sql`${alerts.id} > ${id}`));
}
