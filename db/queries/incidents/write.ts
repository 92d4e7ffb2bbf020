import "server-only";
import { and, eq, inArray, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ActionRecord, toActionRow, updateActed } from "@/db/queries/alerts/write";
import { type IncidentRow, incidentActs, incidentMembers, incidents } from "@/db/schema/incidents";

/** Takes the lock for deriving incidents and holds it until the transaction ends. */
export async function lockIncidents(tx: Pick<Database, "execute">): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('earshot incidents'), 0)`);
}

export type FoundIncident = Pick<
  IncidentRow,
  "cause" | "outcome" | "callCount" | "failedCount" | "since" | "openedAt" | "lastAt" | "closedAt"
> & { watched?: string };

export type Member = Omit<typeof incidentMembers.$inferSelect, "incidentId">;

/** Inserts an incident or updates a known one. Returns its id. */
export async function saveIncident(
  tx: Pick<Database, "insert" | "update">,
  id: string | null,
  found: FoundIncident,
): Promise<string> {
  if (id === null) {
    const [saved] = await tx.insert(incidents).values(found).returning({ id: incidents.id });
    if (!saved) throw new Error("An inserted incident has an id.");
    return saved.id;
  }
  await tx
    .update(incidents)
    .set({ ...found, version: sql`${incidents.version} + 1` })
    .where(eq(incidents.id, id));
  return id;
}

const atOnce = 1_000;

/** Stores exactly these members of an incident, given those stored before. */
export async function saveMembers(
  tx: Pick<Database, "insert" | "delete">,
  incidentId: string,
  all: readonly Member[],
  kept: readonly Member[],
): Promise<void> {
  const ends = new Map(kept.map(({ signalId, endedAt }) => [signalId, endedAt?.getTime() ?? null]));
  const members = all.filter(({ signalId, endedAt }) => ends.get(signalId) !== (endedAt?.getTime() ?? null));
  const ids = new Set(all.map(({ signalId }) => signalId));
  const gone = kept.flatMap(({ signalId }) => (ids.has(signalId) ? [] : signalId));
  if (gone.length > 0) {
    await tx
      .delete(incidentMembers)
      .where(and(eq(incidentMembers.incidentId, incidentId), inArray(incidentMembers.signalId, gone)));
  }
  for (let from = 0; from < members.length; from += atOnce) {
    await tx
      .insert(incidentMembers)
      .values(members.slice(from, from + atOnce).map((member) => ({ ...member, incidentId })))
      .onConflictDoUpdate({
        target: [incidentMembers.incidentId, incidentMembers.signalId],
        set: { at: sql`excluded.at`, endedAt: sql`excluded.ended_at` },
      });
  }
}

/** Performs an action if it is still possible, and logs it. Returns false for a conflict. */
export async function updateIncidentRow(
  tx: Pick<Database, "update" | "insert">,
  action: ActionRecord,
): Promise<boolean> {
  if (!(await updateActed(tx, incidents, action))) return false;
  await tx.insert(incidentActs).values({ incidentId: action.id, ...toActionRow(action) });
  return true;
}

/** Deletes closed incidents whose calls have all been deleted. */
export async function deleteEmptyIncidents(db: Pick<Database, "delete" | "select">): Promise<void> {
  const members = db
    .select({ one: sql`1` })
    .from(incidentMembers)
    .where(eq(incidentMembers.incidentId, incidents.id));
  await db
    .delete(incidents)
    .where(
      and(
        isNull(incidents.watched),
        isNotNull(incidents.closedAt),
        eq(incidents.outcome, "recovered"),
        notExists(members),
      ),
    );
}

/** Clears the notes of incidents that these calls belong to. */
export async function scrubIncidentNotes(
  db: Pick<Database, "update" | "select">,
  callIds: readonly string[],
): Promise<void> {
  const theirs = db
    .select({ id: incidentMembers.incidentId })
    .from(incidentMembers)
    .where(inArray(incidentMembers.callId, [...callIds]));
  await db.update(incidentActs).set({ text: null }).where(inArray(incidentActs.incidentId, theirs));
}
