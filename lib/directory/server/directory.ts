import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { listEntries } from "@/db/queries/directory";
import { directoryEntries } from "@/db/schema/routing";
import type { By } from "@/lib/audit/audit";
import {
  type FoundDestination,
  isOpen,
  matchTeam,
  type NewEntry,
  toDestination,
} from "@/lib/directory/directory";

/** Adds a team. Returns its id; null when there is one of this name. */
export async function addEntry(db: Database, entry: NewEntry, by: By): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [added] = await tx
      .insert(directoryEntries)
      .values(entry)
      .onConflictDoNothing()
      .returning({ id: directoryEntries.id });
    if (!added) return null;
    await recordAudit(tx, { ...by, action: "directory.created", target: entry.team });
    return added.id;
  });
}

export async function changeEntry(
  db: Database,
  id: string,
  entry: NewEntry,
  by: By,
): Promise<"changed" | "missing" | "name-taken"> {
  return db.transaction(async (tx) => {
    const isNamed = sql`lower(${directoryEntries.team}) = lower(${entry.team})`;
    const taken = await tx
      .select({ id: directoryEntries.id })
      .from(directoryEntries)
      .where(and(isNamed, ne(directoryEntries.id, id)));
    if (taken.length > 0) return "name-taken";
    const changed = await tx
      .update(directoryEntries)
      .set(entry)
      .where(eq(directoryEntries.id, id))
      .returning({ id: directoryEntries.id });
    if (changed.length === 0) return "missing";
    await recordAudit(tx, { ...by, action: "directory.changed", target: entry.team });
    return "changed";
  });
}

/** Takes a team out; false when there is none of this id. */
export async function deleteEntry(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(directoryEntries)
      .where(eq(directoryEntries.id, id))
      .returning({ team: directoryEntries.team });
    if (gone) await recordAudit(tx, { ...by, action: "directory.deleted", target: gone.team });
    return gone !== undefined;
  });
}

/**
 * Where a team is reached at a moment: for the transfer tool and for Vapi's transfer-destination-request alike.
 * @param team as the assistant says it
 */
export async function findDestination(
  db: Pick<Database, "select">,
  team: string,
  now = new Date(),
): Promise<FoundDestination> {
  const entries = await listEntries(db);
  const entry = matchTeam(entries, team);
  if (!entry) {
    const teams = entries.map((one) => one.team);
    return { outcome: "unknown", teams, sentence: describeTeams(teams) };
  }
  if (entry.hours && !isOpen(entry.hours, now)) {
    const sentence = entry.closedMessage ?? `${entry.team} cannot be reached at this hour.`;
    return { outcome: "closed", team: entry.team, sentence };
  }
  const sentence = entry.message ?? `I am transferring you to ${entry.team} now.`;
  return { outcome: "open", team: entry.team, destination: toDestination(entry), sentence };
}

function describeTeams(teams: string[]): string {
  if (teams.length === 0) return "There is no team I could transfer you to.";
  return `I do not know that team. I can transfer you to ${new Intl.ListFormat("en", { type: "disjunction" }).format(teams)}.`;
}
