import "server-only";
import { and, desc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { vapiChanges, vapiConnections } from "@/db/schema/connect";
import { webhookCredentials } from "@/db/schema/credentials";
import type { ResourceKind } from "@/lib/connect/needs";

export type ConnectionRow = typeof vapiConnections.$inferSelect;
export type ChangeRow = typeof vapiChanges.$inferSelect;

/** A change pending longer than any request to Vapi takes was left by a process that died. */
const abandonedMinutes = 3;
const mostListed = 100;

export function listConnections(db: Pick<Database, "select">): Promise<ConnectionRow[]> {
  return db.select().from(vapiConnections).orderBy(vapiConnections.name);
}

/** Stores a connection, or updates its accepted faults and its drift after a comparison. */
export async function saveConnection(
  db: Pick<Database, "insert">,
  { kind, resourceId, ...row }: Omit<ConnectionRow, "connectedAt" | "checkedAt">,
): Promise<void> {
  await db
    .insert(vapiConnections)
    .values({ kind, resourceId, ...row })
    .onConflictDoUpdate({
      target: [vapiConnections.kind, vapiConnections.resourceId],
      set: { ...row, checkedAt: sql`now()` },
    });
}

/** Stops watching a connection that was restored or deleted in Vapi. */
export async function deleteConnection(
  db: Pick<Database, "delete">,
  kind: ResourceKind,
  resourceId: string,
): Promise<void> {
  await db
    .delete(vapiConnections)
    .where(and(eq(vapiConnections.kind, kind), eq(vapiConnections.resourceId, resourceId)));
}

/** Records that a resource is about to be changed in Vapi; false while someone else is changing it. */
export async function beginChange(
  db: Pick<Database, "update" | "insert">,
  change: typeof vapiChanges.$inferInsert,
): Promise<boolean> {
  await db
    .update(vapiChanges)
    .set({ state: "applied" })
    .where(
      and(
        eq(vapiChanges.state, "applying"),
        lt(vapiChanges.appliedAt, sql`now() - make_interval(mins => ${abandonedMinutes})`),
      ),
    );
  const begun = await db
    .insert(vapiChanges)
    .values(change)
    .onConflictDoNothing()
    .returning({ id: vapiChanges.id });
  return begun.length > 0;
}

/** Records Vapi's answer. */
export async function endChange(
  db: Pick<Database, "update">,
  id: string,
  sealedAfter: string,
): Promise<void> {
  await db.update(vapiChanges).set({ state: "applied", sealedAfter }).where(eq(vapiChanges.id, id));
}

/** Removes a change that Vapi refused: nothing was changed, and nothing can be restored. */
export async function dropChange(db: Pick<Database, "delete">, id: string): Promise<void> {
  await db.delete(vapiChanges).where(eq(vapiChanges.id, id));
}

export async function findChange(db: Pick<Database, "select">, id: string): Promise<ChangeRow | null> {
  const [row] = await db.select().from(vapiChanges).where(eq(vapiChanges.id, id));
  return row ?? null;
}

/** Returns false if it was already restored. */
export async function markRestored(db: Pick<Database, "update">, id: string, by: string): Promise<boolean> {
  const restored = await db
    .update(vapiChanges)
    .set({ state: "restored", restoredBy: by, restoredAt: sql`now()` })
    .where(and(eq(vapiChanges.id, id), isNull(vapiChanges.restoredAt)))
    .returning({ id: vapiChanges.id });
  return restored.length > 0;
}

/** Newest first. */
export function listChanges(db: Pick<Database, "select">): Promise<ChangeRow[]> {
  return db.select().from(vapiChanges).orderBy(desc(vapiChanges.appliedAt), vapiChanges.id).limit(mostListed);
}

/** Credentials that Earshot created in Vapi, newest first. */
export function listVapiCredentials(db: Pick<Database, "select">) {
  const { id, name, settings, vapiId, expiresAt, revokedAt } = webhookCredentials;
  return db
    .select({ id, name, settings, vapiId, expiresAt, revokedAt })
    .from(webhookCredentials)
    .where(isNotNull(vapiId))
    .orderBy(desc(webhookCredentials.createdAt));
}

export type VapiCredentialRow = Awaited<ReturnType<typeof listVapiCredentials>>[number];

/** The number of connected resources, and of those that have changed since they were connected. */
export async function countConnections(db: Pick<Database, "$count">) {
  const [connected, drifted] = await Promise.all([
    db.$count(vapiConnections),
    db.$count(vapiConnections, gt(sql`jsonb_array_length(${vapiConnections.drifts})`, 0)),
  ]);
  return { connected, drifted };
}
