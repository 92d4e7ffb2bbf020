import "server-only";
import * as z from "zod";
import type { Database } from "@/db/client";
import { type ActionRecord, findAssignee } from "@/db/queries/alerts/write";
import { recordAudit } from "@/db/queries/audit";
import { enqueueUpdates, type SubjectRef } from "@/db/queries/notifications/outbox";
import { describeConflict } from "@/lib/alerts/actions";
import {
  type ActionKind,
  type ActionRequest,
  type ActionsState,
  type AlertActor,
  actionRequestSchema,
} from "@/lib/alerts/alert";
import type { AuditAction, By } from "@/lib/audit/audit";
import { problem } from "@/lib/http/server/http";

export type Performed<T> =
  | { outcome: "done"; subject: T }
  /** `why`: who acted first. */
  | { outcome: "conflict"; why: string }
  | { outcome: "not-found" }
  | { outcome: "no-such-assignee" };

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Something people acknowledge, assign, snooze, note and resolve. */
export interface Actionable<T extends { acts: ActionsState }> {
  what: "alert" | "incident";
  actions: Readonly<Record<ActionKind, AuditAction>>;
  find: (db: Database, id: string) => Promise<T | null>;
  /** False if someone else acted first. */
  update: (tx: Transaction, action: ActionRecord) => Promise<boolean>;
  toSubjectRef: (id: string) => SubjectRef;
  /** How the audit log names it. */
  toAudit: (subject: T) => { target: string; detail?: Record<string, string> };
}

/** Actions that are sent to notification channels. */
const notifiedAs: Partial<Record<ActionKind, "acknowledged" | "resolved">> = {
  acknowledge: "acknowledged",
  resolve: "resolved",
};

/** Performs an action and writes it to the audit log and the outbox. */
export async function performOn<T extends { acts: ActionsState }>(
  db: Database,
  { what, actions, find, update, toSubjectRef, toAudit }: Actionable<T>,
  id: string,
  request: ActionRequest,
  actor: AlertActor,
  by: By,
): Promise<Performed<T>> {
  const before = await find(db, id);
  if (!before) return { outcome: "not-found" };
  const assignee =
    request.kind === "assign" && request.to !== null ? await findAssignee(db, request.to) : null;
  if (request.kind === "assign" && request.to !== null && !assignee) return { outcome: "no-such-assignee" };
  const isDone = await db.transaction(async (tx) => {
    if (!(await update(tx, { id, request, by: actor, at: new Date(), assignee }))) return false;
    const { target, detail } = toAudit(before);
    const more = { ...detail, ...(assignee && { assignee: assignee.name }) };
    await recordAudit(tx, {
      ...by,
      action: actions[request.kind],
      target,
      ...(Object.keys(more).length > 0 && { detail: more }),
    });
    const event = notifiedAs[request.kind];
    if (event) await enqueueUpdates(tx, [{ ...toSubjectRef(id), event }]);
    return true;
  });
  const subject = await find(db, id);
  if (!subject) return { outcome: "not-found" };
  return isDone
    ? { outcome: "done", subject }
    : { outcome: "conflict", why: describeConflict(request.kind, subject.acts, what) };
}

/** Validates and performs a requested action. Returns its subject, or the problem response. */
export async function answerAction<T>(
  { action, body }: { action: ActionKind; body: object },
  perform: (request: ActionRequest) => Promise<Performed<T>>,
  notFound: () => Response,
): Promise<{ subject: T } | { refused: Response }> {
  const asked = actionRequestSchema.safeParse({ ...body, kind: action });
  if (!asked.success) return { refused: problem(422, "Invalid", z.prettifyError(asked.error)) };
  const performed = await perform(asked.data);
  switch (performed.outcome) {
    case "done":
      return { subject: performed.subject };
    case "conflict":
      return { refused: problem(409, "Already changed", performed.why) };
    case "no-such-assignee":
      return { refused: problem(422, "Invalid", "No person with this ID can take alerts.") };
    case "not-found":
      return { refused: notFound() };
  }
}
