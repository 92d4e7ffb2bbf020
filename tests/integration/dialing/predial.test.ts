import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { db } from "@/db/client";
import { writeSetting } from "@/db/queries/settings";
import { auditLog } from "@/db/schema/auth";
import { events } from "@/db/schema/events";
import { doNotCall } from "@/db/schema/routing";
import { dialingRulesSetting } from "@/lib/dialing/rules";
import { blockNumbers, hashNumber, unblockNumber } from "@/lib/dialing/server/dialing";
import { withoutCall } from "@/tests/fixtures/samples/without-call";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { deliver } from "@/tests/support/deliveries/deliver";

const by = { actor: { kind: "person", id: "p1", name: "Ada" }, ip: null } as const;
const everyHour = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:59", zones: [] };
const ask = async (number: string) => {
  const contact = { id: randomUUID(), number };
  const { status, body } = await deliver(withoutCall("campaign.predial", { campaignId: "c1", contact }));
  expect(status).toBe(200);
  return { ...body, contact };
};

beforeEach(async () => {
  await db.delete(doNotCall);
  // `everyHour` leaves out one minute of the day; the zone is chosen so that it is not that minute now.
  const hour = new Date().getUTCHours();
  const zone = hour === 23 ? "Etc/GMT+2" : "UTC";
  await writeSetting(db, dialingRulesSetting, { ...everyHour, zones: [{ prefix: "+1", zone }] });
});

it("dialing: a contact is eligible unless its number is on the do-not-call list, in any notation", async () => {
  expect(await ask("+15550100130")).toMatchObject({ eligible: true });
  expect(
    await blockNumbers(db, ["+1 (555) 010-0130", "+1 555 0100131", "12", "+1-555-010-0130"], by),
  ).toEqual({
    added: 2,
    known: 0,
    refused: ["12"],
  });
  expect(await blockNumbers(db, ["+15550100130"], by)).toEqual({ added: 0, known: 1, refused: [] });
  expect(await ask("+15550100130")).toMatchObject({
    eligible: false,
    reason: expect.stringContaining("list"),
  });
  expect(await unblockNumber(db, hashNumber("+15550100130") ?? "", by)).toBe(true);
  expect(await ask("+15550100130")).toMatchObject({ eligible: true });
});

it("dialing: no contact is eligible outside dialing hours", async () => {
  await writeSetting(db, dialingRulesSetting, { ...everyHour, weekdays: [] });
  expect(await ask("+15550100130")).toMatchObject({
    eligible: false,
    reason: expect.stringContaining("hours"),
  });
});

it("dialing: the answer is in the event log", async () => {
  const { contact } = await ask("+15550100132");
  const rows = await db.select().from(events).where(eq(events.type, "campaign.predial"));
  const mine = rows.find(({ message }) => JSON.stringify(message).includes(contact.id));
  expect(mine).toMatchObject({ callId: null, outcome: "recorded", answer: { eligible: true } });
});

it("dialing: a blocked number appears nowhere in the database, and the audit log has only the count", async () => {
  await blockNumbers(db, ["+15557340777"], by);
  expect(await dumpDatabase()).not.toMatch(/5557340777/);
  const entries = await db.select().from(auditLog).where(eq(auditLog.action, "do-not-call.added"));
  expect(entries.at(-1)).toMatchObject({ actorName: "Ada", detail: { numbers: "1" } });
});
