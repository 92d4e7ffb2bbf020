import "server-only";
import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { SubjectRef } from "@/db/queries/notifications/outbox";
import { type EscalationRow, escalationPolicies, escalations } from "@/db/schema/alerts";
import {
  type EscalationPolicy,
  type EscalationPolicyChange,
  type EscalationSubject,
  nextDue,
  type StoredEscalationPolicy,
} from "@/lib/notifications/escalation";

type PolicyRow = typeof escalationPolicies.$inferSelect;

/** Steps stored before they could name people have no `userIds`. */
const toPolicy = ({ createdAt: _, steps, ...policy }: PolicyRow): StoredEscalationPolicy => ({
  ...policy,
  steps: steps.map((step) => ({ ...step, userIds: step.userIds ?? [] })),
});

/** Every escalation policy, by name. */
export async function listEscalationPolicies(
  db: Pick<Database, "select">,
): Promise<StoredEscalationPolicy[]> {
  const rows = await db
    .select()
    .from(escalationPolicies)
    .orderBy(asc(sql`lower(${escalationPolicies.name})`), asc(escalationPolicies.id));
  return rows.map(toPolicy);
}

export async function insertEscalationPolicy(
  tx: Pick<Database, "insert">,
  policy: EscalationPolicy & { id: string },
): Promise<void> {
  await tx.insert(escalationPolicies).values(policy);
}

/** Returns the updated policy, or null for an unknown id. */
export async function updateEscalationPolicy(
  tx: Pick<Database, "update">,
  id: string,
  { name, isEnabled, subjects, hours, steps }: EscalationPolicyChange,
): Promise<StoredEscalationPolicy | null> {
  const [changed] = await tx
    .update(escalationPolicies)
    .set({
      // Set even when unchanged, so that an empty change is a valid UPDATE.
      name: name ?? sql`${escalationPolicies.name}`,
      ...(isEnabled !== undefined && { isEnabled }),
      ...(subjects !== undefined && { subjects }),
      ...(hours !== undefined && { hours }),
      ...(steps !== undefined && { steps }),
    })
    .where(eq(escalationPolicies.id, id))
    .returning();
  return changed ? toPolicy(changed) : null;
}

/** Returns the removed policy's name, or null for an unknown id. */
export async function removeEscalationPolicy(
  tx: Pick<Database, "delete">,
  id: string,
): Promise<string | null> {
  const [gone] = await tx
    .delete(escalationPolicies)
    .where(eq(escalationPolicies.id, id))
    .returning({ name: escalationPolicies.name });
  return gone?.name ?? null;
}

/** Starts the policies that cover new alerts, incidents or issues. Pass the transaction that stores them. */
export async function startEscalations(
  tx: Pick<Database, "select" | "insert">,
  opened: readonly (SubjectRef & { subject: EscalationSubject; noticedAt: Date })[],
): Promise<void> {
  if (opened.length === 0) return;
  const policies = await tx.select().from(escalationPolicies).where(eq(escalationPolicies.isEnabled, true));
  const rows = opened.flatMap(({ subject, noticedAt: startedAt, ...ref }) =>
    policies.flatMap(({ id: policyId, subjects, steps }) => {
      const dueAt = subjects.includes(subject) ? nextDue(steps, { startedAt, doneMinutes: 0 }) : null;
      return dueAt === null ? [] : [{ policyId, ...ref, startedAt, dueAt }];
    }),
  );
  if (rows.length > 0) await tx.insert(escalations).values(rows).onConflictDoNothing();
}

/** Ids of escalations with a step due, the most overdue first. */
export async function listDueEscalations(db: Pick<Database, "select">, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: escalations.id })
    .from(escalations)
    .where(and(isNull(escalations.endedAt), lte(escalations.dueAt, now)))
    .orderBy(asc(escalations.dueAt))
    .limit(500);
  return rows.map(({ id }) => id);
}

/**
 * A due escalation with its policy, locked until the transaction ends; null if it is no longer due or another process has
 * taken it.
 */
export async function lockDueEscalation(
  tx: Pick<Database, "select">,
  id: string,
  now: Date,
): Promise<{ row: EscalationRow; policy: StoredEscalationPolicy } | null> {
  const [found] = await tx
    .select({ row: escalations, policy: escalationPolicies })
    .from(escalations)
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, escalations.policyId))
    .where(and(eq(escalations.id, id), isNull(escalations.endedAt), lte(escalations.dueAt, now)))
    .for("update", { of: escalations, skipLocked: true });
  return found ? { row: found.row, policy: toPolicy(found.policy) } : null;
}

export async function updateEscalation(
  tx: Pick<Database, "update">,
  id: string,
  columns: Partial<Pick<EscalationRow, "startedAt" | "doneMinutes" | "dueAt" | "endedAt" | "reason">>,
): Promise<void> {
  await tx.update(escalations).set(columns).where(eq(escalations.id, id));
}
