import "server-only";
import { and, desc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { vapiChanges, vapiConnections } from "@/db/schema/connect";
import { webhookCredentials } from "@/db/schema/credentials";
import type { ResourceKind } from "@/lib/connect/needs";

export type ConnectionRow = typeof vapiConnections.$inferSelect;
export type ChangeRow = typeof vapiChanges.$inferSelect;

/** Longer than any request to Vapi may take: the process that began this has died. */
const abandonedMinutes = 3;
const mostListed = 100;

export function listConnections(db: Pick<Database, "select">): Promise<ConnectionRow[]> {
  return db.select().from(vapiConnections).orderBy(vapiConnections.name);
}

/** Connects something, or takes in what was left out or found when it was last compared. */
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

/** What was put back, or is gone from Vapi, is watched no more. */
export async function deleteConnection(
  db: Pick<Database, "delete">,
  kind: ResourceKind,
  resourceId: string,
): Promise<void> {
  await db
    .delete(vapiConnections)
    .where(and(eq(vapiConnections.kind, kind), eq(vapiConnections.resourceId, resourceId)));
}

/** Notes that something is about to be changed in Vapi; false while somebody else changes the same. */
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

/** Notes how Vapi answered. */
export async function endChange(
  db: Pick<Database, "update">,
  id: string,
  sealedAfter: string,
): Promise<void> {
  await db.update(vapiChanges).set({ state: "applied", sealedAfter }).where(eq(vapiChanges.id, id));
}

/** Vapi has refused it: nothing was changed, and nothing can be put back. */
export async function dropChange(db: Pick<Database, "delete">, id: string): Promise<void> {
  await db.delete(vapiChanges).where(eq(vapiChanges.id, id));
}

export async function findChange(db: Pick<Database, "select">, id: string): Promise<ChangeRow | null> {
  const [row] = await db.select().from(vapiChanges).where(eq(vapiChanges.id, id));
  return row ?? null;
}

/** False where it has been put back already. */
export async function markRestored(db: Pick<Database, "update">, id: string, by: string): Promise<boolean> {
  const restored = await db
    .update(vapiChanges)
    .set({ state: "restored", restoredBy: by, restoredAt: sql`now()` })
    .where(and(eq(vapiChanges.id, id), isNull(vapiChanges.restoredAt)))
    .returning({ id: vapiChanges.id });
  return restored.length > 0;
}

/** The newest changes first. */
export function listChanges(db: Pick<Database, "select">): Promise<ChangeRow[]> {
  return db.select().from(vapiChanges).orderBy(desc(vapiChanges.appliedAt), vapiChanges.id).limit(mostListed);
}

/** Credentials that Earshot has made in Vapi, newest first. */
export function listVapiCredentials(db: Pick<Database, "select">) {
  const { id, name, settings, vapiId, expiresAt, revokedAt } = webhookCredentials;
  return db
    .select({ id, name, settings, vapiId, expiresAt, revokedAt })
    .from(webhookCredentials)
    .where(isNotNull(vapiId))
    .orderBy(desc(webhookCredentials.createdAt));
}

export type VapiCredentialRow = Awaited<ReturnType<typeof listVapiCredentials>>[number];

/** How many things of Vapi are connected, and how many of them have changed there since. */
export async function countConnections(db: Pick<Database, "$count">) {
  const [connected, drifted] = await Promise.all([
    db.$count(vapiConnections),
    db.$count(vapiConnections, gt(sql`jsonb_array_length(${vapiConnections.drifts})`, 0)),
  ]);
  return { connected, drifted };
}
