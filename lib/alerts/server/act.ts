import "server-only";
import type { Database } from "@/db/client";
import { findNoticed, getAlert } from "@/db/queries/alerts/read";
import { findAssignee, updateAlertRow } from "@/db/queries/alerts/write";
import { recordAudit } from "@/db/queries/audit";
import { enqueueUpdates } from "@/db/queries/notifications/outbox";
import { describeConflict } from "@/lib/alerts/acts";
import { type ActRequest, type Alert, type AlertActor, readAlertId } from "@/lib/alerts/alert";
import { updateAlerts } from "@/lib/alerts/server/update";
import type { By } from "@/lib/audit/audit";

export type CarriedOut =
  | { outcome: "done"; alert: Alert }
  /** `why`: who was first. */
  | { outcome: "late"; why: string; alert: Alert }
  | { outcome: "unknown" }
  | { outcome: "nobody" };

const actions = {
  acknowledge: "alert.acknowledged",
  assign: "alert.assigned",
  snooze: "alert.snoozed",
  note: "alert.noted",
  resolve: "alert.resolved",
} as const;

/** The actions that notification channels hear about. */
const told: Partial<Record<ActRequest["kind"], "acknowledged" | "resolved">> = {
  acknowledge: "acknowledged",
  resolve: "resolved",
};

/** A browser's clock may be this far ahead of ours when it calls silence an alert. */
const clockSkewMs = 3_000;

/**
 * Does what somebody asked for about an alert, and writes it into the audit log. The alert need not have been noticed here:
 * a browser's clock may have been first.
 */
export async function performAction(
  db: Database,
  alertId: string,
  request: ActRequest,
  actor: AlertActor,
  by: By,
): Promise<CarriedOut> {
  const id = await findId(db, alertId);
  if (id === null) return { outcome: "unknown" };
  const assignee =
    request.kind === "assign" && request.to !== null ? await findAssignee(db, request.to) : null;
  if (request.kind === "assign" && request.to !== null && !assignee) return { outcome: "nobody" };

  const isDone = await db.transaction(async (tx) => {
    const deed = { id, request, by: actor, at: new Date(), assignee };
    if (!(await updateAlertRow(tx, deed))) return false;
    const detail = { alert: id, ...(assignee && { assignee: assignee.name }) };
    const target = readAlertId(id)?.callId ?? id;
    await recordAudit(tx, { ...by, action: actions[request.kind], target, detail });
    const event = told[request.kind];
    if (event) await enqueueUpdates(tx, [{ alertId: id, event }]);
    return true;
  });
  const alert = await getAlert(db, id);
  if (!alert) return { outcome: "unknown" };
  return isDone
    ? { outcome: "done", alert }
    : { outcome: "late", why: describeConflict(request.kind, alert.acts), alert };
}

/** The id an alert is kept under: its own, or that of the one its beginning falls into. */
async function findId(db: Database, alertId: string): Promise<string | null> {
  const named = readAlertId(alertId);
  if (!named) return null;
  const known = await findNoticed(db, alertId, named);
  if (known) return known;
  await updateAlerts(db, [{ callId: named.callId, now: new Date(Date.now() + clockSkewMs) }]);
  return findNoticed(db, alertId, named);
}
