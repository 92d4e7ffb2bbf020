import type { Database } from "@/db/client";
import { insertEntry, listEntries } from "@/db/queries/directory";
import type { NewEntry } from "@/lib/directory/directory";

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** Returns teams to transfer simulated calls to: always open, open now, closed now, and by SIP. Their addresses are invented. */
function demoTeams(now: Date): NewEntry[] {
  const hour = (offset: number) => `${String((now.getUTCHours() + offset) % 24).padStart(2, "0")}:00`;
  const none = { message: null, closedMessage: null, hours: null, extension: null };
  return [
    {
      ...none,
      kind: "number",
      team: "Billing",
      address: "+15550100310",
      message: "I am putting you through to billing.",
    },
    {
      ...none,
      kind: "number",
      team: "Front desk",
      address: "+15550100320",
      extension: "12",
      hours: { zone: "UTC", spans: [{ days: everyDay, from: "00:00", to: "24:00" }] },
    },
    {
      ...none,
      kind: "number",
      team: "Claims",
      address: "+15550100330",
      closedMessage: "Claims is closed right now.",
      // One hour, twelve hours from now.
      hours: {
        zone: "UTC",
        spans: [{ days: everyDay, from: hour(12), to: hour(12) === "23:00" ? "24:00" : hour(13) }],
      },
    },
    { ...none, kind: "sip", team: "Technicians", address: "sip:technicians@sip.example.com" },
  ];
}

/** Adds the demo's teams to an empty directory. */
export async function fillDirectory(
  db: Pick<Database, "select" | "insert">,
  now = new Date(),
): Promise<void> {
  if ((await listEntries(db)).length > 0) return;
  for (const team of demoTeams(now)) await insertEntry(db, team);
}
