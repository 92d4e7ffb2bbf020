import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertEntry, listEntries } from "@/db/queries/directory";
import { directoryEntries } from "@/db/schema/routing";
import { findDestination } from "@/lib/directory/server/directory";
import { fillDirectory } from "@/scripts/local/fill-directory";

beforeEach(async () => {
  await db.delete(directoryEntries);
});

test.each([0, 11, 12, 23])(
  "demo: when it starts at %i:30 UTC, one team is open and one is closed",
  async (hour) => {
    const now = new Date(Date.UTC(2026, 5, 1, hour, 30));
    await fillDirectory(db, now);
    expect((await listEntries(db)).map(({ team }) => team)).toEqual([
      "Billing",
      "Claims",
      "Front desk",
      "Technicians",
    ]);
    expect(await findDestination(db, "Front desk", now)).toMatchObject({ outcome: "open" });
    expect(await findDestination(db, "Claims", now)).toMatchObject({ outcome: "closed" });
    expect(await findDestination(db, "Technicians", now)).toMatchObject({
      destination: { type: "sip", sipUri: "sip:technicians@sip.example.com" },
    });
  },
);

test("demo: a directory that has a team is left unchanged", async () => {
  const entry = { kind: "number", team: "Ours", address: "+15550100999", extension: null } as const;
  await insertEntry(db, { ...entry, message: null, closedMessage: null, hours: null });
  await fillDirectory(db);
  expect((await listEntries(db)).map(({ team }) => team)).toEqual(["Ours"]);
});
