import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { insertEntry, listEntries, removeEntry, updateEntry } from "@/db/queries/directory";
import type { By } from "@/lib/audit/audit";
import {
  type FoundDestination,
  isOpen,
  matchTeam,
  type NewEntry,
  toDestination,
} from "@/lib/directory/directory";

/** Adds a team. Returns its id, or null if the name is taken. */
export async function addEntry(db: Database, entry: NewEntry, by: By): Promise<string | null> {
  return db.transaction(async (tx) => {
    const id = await insertEntry(tx, entry);
    if (id === null) return null;
    await recordAudit(tx, { ...by, action: "directory.created", target: entry.team });
    return id;
  });
}

export async function changeEntry(
  db: Database,
  id: string,
  entry: NewEntry,
  by: By,
): Promise<"changed" | "missing" | "name-taken"> {
  return db.transaction(async (tx) => {
    const outcome = await updateEntry(tx, id, entry);
    if (outcome === "changed")
      await recordAudit(tx, { ...by, action: "directory.changed", target: entry.team });
    return outcome;
  });
}

/** Removes a team; false if the id does not exist. */
export async function deleteEntry(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeEntry(tx, id);
    if (target !== null) await recordAudit(tx, { ...by, action: "directory.deleted", target });
    return target !== null;
  });
}

/**
 * Returns where a team can be reached at a time, for the transfer tool and for Vapi's transfer-destination-request.
 * @param team as the assistant names it
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
    const sentence = entry.closedMessage ?? `${entry.team} is closed right now.`;
    return { outcome: "closed", team: entry.team, sentence };
  }
  const sentence = entry.message ?? `I am transferring you to ${entry.team} now.`;
  return { outcome: "open", team: entry.team, destination: toDestination(entry), sentence };
}

function describeTeams(teams: string[]): string {
  if (teams.length === 0) return "There is no team I can transfer you to.";
  return `I do not know that team. I can transfer you to ${new Intl.ListFormat("en", { type: "disjunction" }).format(teams)}.`;
}
