import { afterAll, beforeEach, expect, test } from "vitest";
import { makeVapiAssistant } from "@/tests/support/makers/make-vapi-settings";
import { startReceiver } from "@/tests/support/servers/start-receiver";
import { startVapiSettingsServer } from "@/tests/support/servers/vapi-settings-server";

const vapi = await startVapiSettingsServer();
const receiver = await startReceiver();
process.env.VAPI_BASE_URL = vapi.url;
process.env.VAPI_API_KEY = "private-key";
process.env.OUTGOING_ALLOWED_HOSTS = new URL(receiver.url).host;

// Imported after the environment is set, because modules read it when loaded.
const applyRoute = await import("@/app/api/connect/apply/route");
const checkRoute = await import("@/app/api/connect/check/route");
const healthRoute = await import("@/app/api/health/detail/route");
const { db } = await import("@/db/client");
const { notificationChannels } = await import("@/db/schema/alerts");
const { settings } = await import("@/db/schema/operations");
const { vapiChanges, vapiConnections } = await import("@/db/schema/connect");
const { connectStateSchema } = await import("@/lib/connect/connection");
const { checkConnectionsHourly } = await import("@/lib/connect/server/drift");
const { readConnectState } = await import("@/lib/connect/server/survey");
const { makeWebhookChannel } = await import("@/tests/support/makers/make-webhook-channel");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const { cookie } = await signedIn("admin");

const check = async () => {
  const response = await checkRoute.POST(send("/api/connect/check", { method: "POST", cookie }));
  return connectStateSchema.parse(await response.json());
};

/** Fixes every fault of every listed resource. */
async function connectAll() {
  const { resources } = await readConnectState(db);
  const targets = resources.map(({ kind, id, revision, faults }) => ({
    kind,
    id,
    revision,
    faults: faults.map((fault) => fault.kind),
  }));
  await applyRoute.POST(send("/api/connect/apply", { method: "POST", cookie, json: { targets } }));
}

const clinic = makeVapiAssistant(1, { name: "Clinic" });
const messages = () => vapi.get("assistant", clinic.id).serverMessages as string[];
const dropTranscript = (at: Date) => {
  const serverMessages = messages().filter((type) => type !== "transcript");
  vapi.edit("assistant", clinic.id, { serverMessages }, at);
};
const sentBodies = () => receiver.received.map(({ body }) => JSON.parse(body));

beforeEach(async () => {
  vapi.clear();
  receiver.received.length = 0;
  await db.delete(vapiChanges);
  await db.delete(vapiConnections);
  await db.delete(notificationChannels);
  await db.delete(settings);
  vapi.put("assistant", clinic);
  vapi.put("assistant", makeVapiAssistant(2, { name: "Garage" }));
  await connectAll();
});

afterAll(() => Promise.all([vapi.stop(), receiver.stop()]));

test("drift: a removed message type is listed with the time of the change, notified once, and fixed by reconnecting", async () => {
  await makeWebhookChannel(receiver.url);
  const changedAt = new Date();
  dropTranscript(changedAt);
  const { resources, lastCheck } = await check();
  expect(lastCheck).toEqual({ checkedAt: expect.any(String), failure: null });
  const drifted = resources.filter(({ drifts }) => drifts.length > 0);
  expect(drifted.map(({ name, drifts }) => [name, drifts])).toEqual([
    [
      "Clinic",
      [{ kind: "missing-messages", clause: "does not send transcript", since: changedAt.toISOString() }],
    ],
  ]);

  await sendDue(db);
  await check();
  await sendDue(db);
  expect(sentBodies()).toMatchObject([
    {
      type: "connection.drifted",
      data: {
        title: "Clinic stopped sending transcript",
        url: expect.stringContaining("/settings/assistants"),
      },
    },
  ]);
  const health = await healthRoute.GET(send("/api/health/detail", { cookie }));
  expect((await health.json()).vapi).toMatchObject({ connected: 2, drifted: 1, failure: null });

  await connectAll();
  expect(messages()).toContain("transcript");
  expect((await check()).resources.flatMap(({ drifts }) => drifts)).toEqual([]);
});

test("drift: a second change within the hour is also notified, but one fixed before sending is not", async () => {
  await makeWebhookChannel(receiver.url);
  dropTranscript(new Date());
  await check();
  await sendDue(db);
  vapi.edit("assistant", clinic.id, { server: { url: "https://crm.example.com" } });
  await check();
  await connectAll();
  await sendDue(db);
  expect(sentBodies().length).toBe(1);
  vapi.edit("assistant", clinic.id, { server: { url: "https://crm.example.com" } });
  await check();
  await sendDue(db);
  expect(sentBodies().map(({ data }) => data.title)).toEqual([
    "Clinic stopped sending transcript",
    "Clinic sends events to crm.example.com",
  ]);
});

test("drift: connected assistants are compared at most once an hour", async () => {
  vapi.requests.length = 0;
  const now = new Date("2026-11-28T12:00:00.000Z");
  await checkConnectionsHourly(db, now);
  const asked = vapi.requests.length;
  expect(asked).toBeGreaterThan(0);
  await checkConnectionsHourly(db, new Date(now.getTime() + 59 * 60_000));
  expect(vapi.requests.length).toBe(asked);
  await checkConnectionsHourly(db, new Date(now.getTime() + 60 * 60_000));
  expect(vapi.requests.length).toBe(2 * asked);
});

test("drift: while Vapi rejects requests, the failure is shown and the last result is kept", async () => {
  dropTranscript(new Date());
  await check();
  vapi.failures.push(...Array.from({ length: 60 }, () => 401));
  const { lastCheck, failure } = await check();
  vapi.failures.length = 0;
  expect([lastCheck.failure, failure]).toEqual([
    "Vapi rejects the API key. Save the private key of your organisation.",
    "Vapi rejects the API key. Save the private key of your organisation.",
  ]);
  expect((await readConnectState(db)).resources.flatMap(({ drifts }) => drifts).length).toBe(1);
});

test("drift: a new assistant is offered for connection, and a deleted one is no longer watched", async () => {
  const createdAt = new Date(Date.now() + 1_000).toISOString();
  vapi.put("assistant", makeVapiAssistant(3, { name: "Bakery", createdAt }));
  vapi.remove("assistant", clinic.id);
  const { resources } = await check();
  expect(resources.map(({ name, isNew, isConnected }) => [name, isNew, isConnected])).toEqual([
    ["Bakery", true, false],
    ["Garage", false, true],
  ]);
  expect((await db.select().from(vapiConnections)).map(({ name }) => name)).toEqual(["Garage"]);
});
