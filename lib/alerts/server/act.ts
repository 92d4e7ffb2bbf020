import "server-only";
import { z } from "zod";
import { type Database, db } from "@/db/client";
import { findNoticed, getAlert } from "@/db/queries/alerts/read";
import { findAssignee, updateAlertRow } from "@/db/queries/alerts/write";
import { recordAudit } from "@/db/queries/audit";
import { describeConflict } from "@/lib/alerts/acts";
import {
  type ActRequest,
  type Alert,
  type AlertActor,
  actKindSchema,
  actRequestSchema,
  readAlertId,
} from "@/lib/alerts/alert";
import { updateAlerts } from "@/lib/alerts/server/derive";
import type { By } from "@/lib/audit/audit";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { publishAlerts } from "@/lib/realtime/server/publish";

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
    const deed = { alertId: id, request, by: actor, at: new Date(), assignee };
    if (!(await updateAlertRow(tx, deed))) return false;
    const detail = { alert: id, ...(assignee && { assignee: assignee.name }) };
    const target = readAlertId(id)?.callId ?? id;
    await recordAudit(tx, { ...by, action: actions[request.kind], target, detail });
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

interface Answered {
  response: Response;
  /** What goes on after the answer has left. Never rejects. */
  later: Promise<void>;
}

/** One request to do something about an alert, from request to response: 200 `{ alert }`; 409 says who was first. */
export async function answerAction(request: Request, alertId: string, act: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "alerts.act");
  if (refused) return only(refused);
  const kind = actKindSchema.safeParse(act);
  if (!kind.success) return only(problem(404, "Not found", "There is no such thing to do about an alert."));
  const body = await readJson(request, z.record(z.string(), z.unknown()));
  if (body.refused) return only(body.refused);
  const asked = actRequestSchema.safeParse({ ...body.value, kind: kind.data });
  if (!asked.success) return only(problem(422, "Invalid", z.prettifyError(asked.error)));

  const { id, name } = actor;
  const done = await performAction(db, alertId, asked.data, { id, name }, auditedBy(actor, request));
  if (done.outcome !== "done") return only(refuse(done));
  return { response: Response.json({ alert: done.alert }), later: publishAlerts([done.alert]) };
}

function refuse(done: Exclude<CarriedOut, { outcome: "done" }>): Response {
  switch (done.outcome) {
    case "late":
      return problem(409, "Somebody was first", done.why);
    case "nobody":
      return problem(422, "Invalid", "There is nobody of this id who may take alerts.");
    case "unknown":
      return problem(404, "Not found", "There is no such alert.");
  }
}

function only(response: Response): Answered {
  return { response, later: Promise.resolve() };
}
