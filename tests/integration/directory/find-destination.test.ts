import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { directoryEntries } from "@/db/schema/routing";
import { findDestination } from "@/lib/directory/server/directory";

const officeHours = { zone: "UTC", spans: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }] };
const thursday = new Date("2026-01-15T10:00:00Z");

beforeEach(async () => {
  await db.delete(directoryEntries);
});

test("directory: an open team yields a destination in Vapi's format and a sentence to say", async () => {
  await db.insert(directoryEntries).values([
    { team: "Billing", kind: "number", address: "+15550100950", extension: "12", hours: officeHours },
    { team: "Night", kind: "sip", address: "sip:night@example.com", message: "One moment." },
  ]);
  expect(await findDestination(db, "the billing team", thursday)).toEqual({
    outcome: "open",
    team: "Billing",
    destination: { type: "number", number: "+15550100950", extension: "12" },
    sentence: "I am transferring you to Billing now.",
  });
  expect(await findDestination(db, "night")).toMatchObject({
    destination: { type: "sip", sipUri: "sip:night@example.com", message: "One moment." },
    sentence: "One moment.",
  });
});

test("directory: a closed team yields a sentence and no destination", async () => {
  const row = { kind: "number", address: "+15550100950", hours: officeHours } as const;
  await db.insert(directoryEntries).values([
    { team: "Billing", ...row },
    { team: "Claims", ...row, closedMessage: "Claims opens at nine." },
  ]);
  const sunday = new Date("2026-01-18T10:00:00Z");
  expect(await findDestination(db, "billing", sunday)).toEqual({
    outcome: "closed",
    team: "Billing",
    sentence: "Billing is closed right now.",
  });
  expect(await findDestination(db, "claims", sunday)).toMatchObject({ sentence: "Claims opens at nine." });
});

test("directory: an unknown team yields a sentence with the known teams", async () => {
  expect(await findDestination(db, "sales")).toMatchObject({
    sentence: "There is no team I can transfer you to.",
  });
  const row = { kind: "number", address: "+15550100950" } as const;
  await db.insert(directoryEntries).values([
    { team: "Billing", ...row },
    { team: "Claims", ...row },
  ]);
  expect(await findDestination(db, "sales")).toEqual({
    outcome: "unknown",
    teams: ["Billing", "Claims"],
    sentence: "I do not know that team. I can transfer you to Billing or Claims.",
  });
});
