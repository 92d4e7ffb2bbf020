import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { getAlert } from "@/db/queries/alerts/read";
import { listAssignees } from "@/db/queries/alerts/write";
import { findVersionAlert } from "@/db/queries/analytics/version-alerts";
import { recordAudit } from "@/db/queries/audit";
import { getIncidents, isInOpenIncident } from "@/db/queries/incidents/read";
import { findIssue } from "@/db/queries/issues";
import {
  insertEscalationPolicy,
  listDueEscalations,
  lockDueEscalation,
  removeEscalationPolicy,
  updateEscalation,
  updateEscalationPolicy,
} from "@/db/queries/notifications/escalations";
import { enqueueEscalation, type SubjectRef, toSubjectRef } from "@/db/queries/notifications/outbox";
import { findRecipients } from "@/db/queries/notifications/recipients";
import type { By } from "@/lib/audit/audit";
import { canSendMail } from "@/lib/mail/server/send-mail";
import { standingOf } from "@/lib/notifications/decide-delivery";
import {
  decideEscalation,
  type EscalationPolicy,
  type EscalationPolicyChange,
  type EscalationStep,
  type EscalationVerdict,
  nextDue,
  type Standing,
  type StoredEscalationPolicy,
} from "@/lib/notifications/escalation";
import { sendDue } from "@/lib/notifications/server/send-due";
import { workApart } from "@/lib/tick/server/work-apart";

export async function createPolicy(
  db: Database,
  policy: EscalationPolicy,
  by: By,
): Promise<StoredEscalationPolicy> {
  const stored = { id: randomUUID(), ...policy };
  await db.transaction(async (tx) => {
    await insertEscalationPolicy(tx, stored);
    await recordAudit(tx, { ...by, action: "escalation-policy.created", target: policy.name });
  });
  return stored;
}

/** Whether everyone named in these steps can act on alerts. */
export async function canAllAct(
  db: Pick<Database, "select">,
  steps: readonly EscalationStep[],
): Promise<boolean> {
  const named = steps.flatMap(({ userIds }) => userIds);
  if (named.length === 0) return true;
  const able = new Set((await listAssignees(db)).map(({ id }) => id));
  return named.every((id) => able.has(id));
}

/** Changes the given fields; null if the policy does not exist. Running escalations follow the new steps. */
export async function changePolicy(
  db: Database,
  id: string,
  change: EscalationPolicyChange,
  by: By,
): Promise<StoredEscalationPolicy | null> {
  return db.transaction(async (tx) => {
    const changed = await updateEscalationPolicy(tx, id, change);
    if (!changed) return null;
    const detail = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    await recordAudit(tx, { ...by, action: "escalation-policy.changed", target: changed.name, detail });
    return changed;
  });
}

/** Deletes a policy and ends its running escalations; false if it does not exist. */
export async function deletePolicy(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeEscalationPolicy(tx, id);
    if (target !== null) await recordAudit(tx, { ...by, action: "escalation-policy.deleted", target });
    return target !== null;
  });
}

/** Runs every escalation step due at `now` once, and sends its notifications. Safe to run concurrently. */
export async function escalateDue(db: Database, now = new Date()): Promise<void> {
  const due = await listDueEscalations(db, now);
  await workApart(db, "escalations", due, 1, ([id = ""]) => escalate(db, id, now));
  if (due.length > 0) await sendDue(db);
}

async function escalate(db: Database, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockDueEscalation(tx, id, now);
    if (!found) return;
    const { row, policy } = found;
    const ref = toSubjectRef(row);
    const subject = ref && (await readStanding(tx, ref));
    const verdict = subject ? decideEscalation(policy, row, subject, now) : gone;
    if (verdict.act === "end") {
      await updateEscalation(tx, id, { endedAt: now, reason: verdict.reason });
      return;
    }
    const { startedAt, doneMinutes } = verdict.next;
    if (verdict.act === "wait") {
      await updateEscalation(tx, id, { startedAt, dueAt: verdict.until });
      return;
    }
    const round = `${policy.id} ${startedAt.getTime()} ${doneMinutes}`;
    if (ref) {
      const recipients = await findRecipients(tx, verdict, canSendMail());
      await enqueueEscalation(tx, ref, recipients, round);
    }
    const dueAt = nextDue(policy.steps, verdict.next);
    await updateEscalation(
      tx,
      id,
      dueAt === null ? { doneMinutes, endedAt: now, reason: "All steps are done." } : { doneMinutes, dueAt },
    );
  });
}

const gone: EscalationVerdict = { act: "end", reason: "Its call has been deleted." };

async function readStanding(
  tx: Pick<Database, "select">,
  { alertId, incidentId, issueId, versionAlertId }: SubjectRef,
): Promise<(Standing & { isInIncident: boolean }) | null> {
  if (alertId !== undefined) {
    const alert = await getAlert(tx, alertId);
    return alert && { ...alert, isInIncident: await isInOpenIncident(tx, alertId) };
  }
  if (issueId !== undefined) {
    const issue = await findIssue(tx, issueId);
    return issue && { ...standingOf(issue), isInIncident: false };
  }
  if (versionAlertId !== undefined) {
    const alert = await findVersionAlert(tx, versionAlertId);
    return alert && { ...alert, isInIncident: false };
  }
  const [incident] = await getIncidents(tx, [incidentId]);
  return incident ? { ...incident, isInIncident: false } : null;
}
