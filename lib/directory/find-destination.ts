import "server-only";
import type { Database } from "@/db/client";
import { listEntries } from "@/db/queries/directory/list-entries";
import { type FoundDestination, toDestination } from "@/lib/directory/destination";
import { matchTeam } from "@/lib/directory/match-team";
import { isOpen } from "@/lib/directory/opening-hours";

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
