import "server-only";
import type { Database } from "@/db/client";
import { findNoticed, getAlert } from "@/db/queries/alerts/read";
import { updateAlertRow } from "@/db/queries/alerts/write";
import { type ActionRequest, type Alert, type AlertActor, readAlertId } from "@/lib/alerts/alert";
import { type Actionable, type Performed, performOn } from "@/lib/alerts/server/perform";
import { updateAlerts } from "@/lib/alerts/server/update";
import type { By } from "@/lib/audit/audit";

const actionable: Actionable<Alert> = {
  what: "alert",
  actions: {
    acknowledge: "alert.acknowledged",
    assign: "alert.assigned",
    snooze: "alert.snoozed",
    note: "alert.noted",
    resolve: "alert.resolved",
  },
  find: getAlert,
  update: updateAlertRow,
  toSubjectRef: (alertId) => ({ alertId }),
  toAudit: ({ id, callId }) => ({ target: callId, detail: { alert: id } }),
};

/** How far a browser's clock may be ahead of the server's when it opens an alert for silence. */
const clockSkewMs = 3_000;

/** Performs an action on an alert. The alert need not be stored yet: a browser's clock may have found it first. */
export async function performAction(
  db: Database,
  alertId: string,
  request: ActionRequest,
  actor: AlertActor,
  by: By,
): Promise<Performed<Alert>> {
  const id = await findId(db, alertId);
  return id === null ? { outcome: "not-found" } : performOn(db, actionable, id, request, actor, by);
}

/** Returns the id an alert is stored under: its own, or that of the stored alert its beginning falls into. */
async function findId(db: Database, alertId: string): Promise<string | null> {
  const named = readAlertId(alertId);
  if (!named) return null;
  const known = await findNoticed(db, alertId, named);
  if (known) return known;
  await updateAlerts(db, [{ callId: named.callId, now: new Date(Date.now() + clockSkewMs) }]);
  return findNoticed(db, alertId, named);
}
