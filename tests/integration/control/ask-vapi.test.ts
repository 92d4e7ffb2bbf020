import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { startControlServer } from "@/tests/support/servers/control-server";
import { startServer } from "@/tests/support/servers/start-server";

const live = await startControlServer();
/** Responses of `GET /call/{id}` by ID; any other call is unknown. */
const known = new Map<string, object>();
const api = await startServer((request, response) => {
  const call = known.get(request.url?.split("/").at(-1) ?? "");
  response.writeHead(call ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(call ?? { message: "Not Found" }));
});
process.env.OUTGOING_ALLOWED_HOSTS = live.host;
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = api.url;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { callMonitors } = await import("@/db/schema/control");
const { superviseCall } = await import("@/lib/control/server/monitor");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");

afterAll(() => {
  live.stop();
  api.stop();
});

async function callWithoutUrls(): Promise<string> {
  const callId = randomUUID();
  const { message } = statusUpdate("in-progress", { callId });
  await deliver({ message: { ...message, call: Object.assign({}, message.call, { monitor: null }) } });
  return callId;
}

const countKept = (callId: string) => db.$count(callMonitors, eq(callMonitors.callId, callId));

test("control: URLs missing from events are read from Vapi's API once, and from storage afterwards", async () => {
  const callId = await callWithoutUrls();
  expect((await superviseCall(callId))?.control.reason).toContain("no control or listen URL");
  known.set(callId, { id: callId, status: "in-progress", monitor: live.monitorOf(callId) });
  expect((await superviseCall(callId))?.control.url?.href).toBe(live.monitorOf(callId).controlUrl);
  known.delete(callId);
  expect((await superviseCall(callId))?.listen.url?.href).toBe(live.monitorOf(callId).listenUrl);
  expect(await countKept(callId)).toBe(1);
});

test("control: monitor URLs outside Vapi and the allowed hosts are not used", async () => {
  const callId = await callWithoutUrls();
  const monitor = {
    controlUrl: "http://pbx.vapi.ai/x/control",
    listenUrl: "wss://thief.example.com/x/listen",
  };
  known.set(callId, { id: callId, status: "in-progress", monitor });
  const call = await superviseCall(callId);
  for (const endpoint of [call?.control, call?.listen]) {
    expect(endpoint).toMatchObject({ url: null, reason: expect.stringContaining("OUTGOING_ALLOWED_HOSTS") });
  }
});

test("control: control and listening turned off in the assistant are reported, as read from Vapi's API", async () => {
  const callId = await callWithoutUrls();
  const assistant = { monitorPlan: { controlEnabled: false, listenEnabled: false } };
  known.set(callId, { id: callId, status: "in-progress", assistant });
  const call = await superviseCall(callId);
  expect([call?.control.reason, call?.listen.reason]).toEqual([
    "Live control is switched off in this assistant's monitor plan.",
    "Listening is switched off in this assistant's monitor plan.",
  ]);
});
