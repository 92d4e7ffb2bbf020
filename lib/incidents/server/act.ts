import "server-only";
import type { Database } from "@/db/client";
import { findAssignee } from "@/db/queries/alerts/write";
import { recordAudit } from "@/db/queries/audit";
import { getIncidents } from "@/db/queries/incidents/read";
import { updateIncidentRow } from "@/db/queries/incidents/write";
import { enqueueUpdates } from "@/db/queries/notifications/outbox";
import { describeConflict } from "@/lib/alerts/acts";
import type { ActRequest, AlertActor } from "@/lib/alerts/alert";
import type { By } from "@/lib/audit/audit";
import type { Incident } from "@/lib/incidents/incident";

export type Performed =
  | { outcome: "done"; incident: Incident }
  /** `why`: a sentence that names who acted first. */
  | { outcome: "conflict"; why: string }
  | { outcome: "not-found" }
  | { outcome: "no-such-assignee" };

const actions = {
  acknowledge: "incident.acknowledged",
  assign: "incident.assigned",
  snooze: "incident.snoozed",
  note: "incident.noted",
  resolve: "incident.resolved",
} as const;

/** Performs an action on an incident and writes it to the audit log. */
export async function performIncidentAction(
  db: Database,
  id: string,
  request: ActRequest,
  actor: AlertActor,
  by: By,
): Promise<Performed> {
  const assignee =
    request.kind === "assign" && request.to !== null ? await findAssignee(db, request.to) : null;
  if (request.kind === "assign" && request.to !== null && !assignee) return { outcome: "no-such-assignee" };
  const isDone = await db.transaction(async (tx) => {
    if (!(await updateIncidentRow(tx, { id, request, by: actor, at: new Date(), assignee }))) return false;
    const detail = assignee && { assignee: assignee.name };
    await recordAudit(tx, { ...by, action: actions[request.kind], target: id, ...(detail && { detail }) });
    if (request.kind === "acknowledge") await enqueueUpdates(tx, [{ incidentId: id, event: "acknowledged" }]);
    if (request.kind === "resolve") await enqueueUpdates(tx, [{ incidentId: id, event: "resolved" }]);
    return true;
  });
  const [incident] = await getIncidents(db, [id]);
  if (!incident) return { outcome: "not-found" };
  return isDone
    ? { outcome: "done", incident }
    : { outcome: "conflict", why: describeConflict(request.kind, incident.acts, "incident") };
}
