import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { conversations } from "@/db/schema/conversations";
import { settings } from "@/db/schema/operations";
import { directoryEntries } from "@/db/schema/routing";
import { setTransferDefaults } from "@/lib/routing/server/manage";
import { findTransferDestination } from "@/lib/routing/server/transfers";
import { buildBody } from "@/tests/fixtures/build-body";
import { deliver } from "@/tests/support/deliveries/deliver";
import { tester } from "@/tests/support/makers/make-credential";

/** Never open. */
const never = { zone: "UTC", spans: [] };

beforeEach(async () => {
  await db.delete(directoryEntries);
  await db.delete(settings);
});

/** The response to Vapi in a conversation with this context. */
async function ask(type: string, context: Record<string, unknown> = {}) {
  const conversation = randomUUID();
  await db.insert(conversations).values({ id: conversation, context });
  const { status, body } = await deliver(buildBody(type, {}, { callId: randomUUID() }), { conversation });
  expect(status).toBe(200);
  return body;
}

const askTransfer = (context?: Record<string, unknown>) => ask("transfer-destination-request", context);

describe("a transfer-destination-request", () => {
  test("goes to the conversation's destination before the default one", async () => {
    await setTransferDefaults(db, { transferTo: "+15550100900", handoffTo: null }, tester);
    expect(await askTransfer({ transferTo: "+1 (555) 010-0950" })).toEqual({
      destination: { type: "number", number: "+15550100950" },
    });
    expect(await askTransfer()).toEqual({ destination: { type: "number", number: "+15550100900" } });
  });

  test("for an open team's name gets the team's number", async () => {
    await db.insert(directoryEntries).values({ team: "Billing", kind: "number", address: "+15550100950" });
    expect(await askTransfer({ transferTo: "Billing" })).toEqual({
      destination: { type: "number", number: "+15550100950" },
    });
  });

  test("for a closed team's name gets the team's message and no number", async () => {
    const row = { team: "Billing", kind: "number", address: "+15550100950", hours: never } as const;
    await db.insert(directoryEntries).values({ ...row, closedMessage: "Billing opens at nine." });
    await setTransferDefaults(db, { transferTo: "+15550100900", handoffTo: null }, tester);
    expect(await askTransfer({ transferTo: "Billing" })).toEqual({ error: "Billing opens at nine." });
  });

  test("for a name without a team goes to the assistant of that name", async () => {
    expect(await askTransfer({ transferTo: "Nora" })).toEqual({
      destination: { type: "assistant", assistantName: "Nora" },
    });
  });

  test.each([undefined, "", "   ", 7, { type: "nobody" }])(
    "goes to the default destination if the conversation has %j",
    async (transferTo) => {
      await setTransferDefaults(db, { transferTo: "sip:desk@example.com", handoffTo: null }, tester);
      expect(await askTransfer({ transferTo })).toEqual({
        destination: { type: "sip", sipUri: "sip:desk@example.com" },
      });
    },
  );

  test("without any destination is answered with an explanation", async () => {
    expect(await askTransfer()).toEqual({ error: "No one is available to take this call right now." });
  });
});

test("default destination: setting and removing it are in the audit log", async () => {
  const logged = async (transferTo: string | null, handoffTo: string | null) => {
    await setTransferDefaults(db, { transferTo, handoffTo }, tester);
    const [entry] = await listAudit(db, { action: "transfer-defaults.changed" }, 1);
    return entry?.detail;
  };
  expect(await logged("Billing", "Nora")).toEqual({ transfer: "Billing", handoff: "Nora" });
  expect(await logged(null, null)).toEqual({ transfer: "nowhere", handoff: "nobody" });
});

test("a handoff goes to the conversation's assistant before the default one, and is rejected without either", async () => {
  await setTransferDefaults(db, { transferTo: "+15550100900", handoffTo: "Nora" }, tester);
  const askHandoff = (context?: Record<string, unknown>) => ask("handoff-destination-request", context);
  expect(await askHandoff({ handoffTo: "Ada" })).toEqual({
    destination: { type: "assistant", assistantName: "Ada" },
  });
  expect(await askHandoff()).toEqual({ destination: { type: "assistant", assistantName: "Nora" } });
  await db.delete(settings);
  expect(await askHandoff()).toEqual({
    destination: {},
    error: "No other assistant is available to take this call right now.",
  });
});

test("a transfer-destination-request without a conversation goes to the default destination", async () => {
  await setTransferDefaults(db, { transferTo: "+15550100900", handoffTo: null }, tester);
  expect(await findTransferDestination(db, null)).toEqual({
    destination: { type: "number", number: "+15550100900" },
  });
});
