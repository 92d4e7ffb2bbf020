import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, it, vi } from "vitest";
import { buildBody } from "@/tests/fixtures/build-body";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const secret = Buffer.from("a key for nothing but tests here").toString("base64");

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The environment is read once, so modules are reloaded with a different one. */
async function deliverWith(url: string, body: unknown) {
  vi.stubEnv("PHONE_CONTROL_URL", url);
  vi.stubEnv("PHONE_CONTROL_SECRET", url && secret);
  vi.stubEnv("OUTGOING_ALLOWED_HOSTS", "127.0.0.1");
  vi.resetModules();
  const { deliver } = await import("@/tests/support/deliveries/deliver");
  const { db } = await import("@/db/client");
  const { getCallDetail } = await import("@/db/queries/calls/read");
  const { status } = await deliver(body);
  expect(status).toBe(200);
  return async (callId: string) => (await getCallDetail(db, callId))?.marks.map(({ detail }) => detail);
}

const forward = (callId: string) =>
  buildBody(
    "phone-call-control",
    { request: "forward", destination: { type: "number", number: "+15550100950" } },
    { callId },
  );

it("phone-call-control: a forward request is passed on with a signature, and under the same ID when repeated", async () => {
  const receiver = await startReceiver();
  const callId = randomUUID();
  const marksOf = await deliverWith(receiver.url, forward(callId));
  await deliverWith(receiver.url, forward(callId));
  await receiver.stop();
  const [first, second] = receiver.received;
  const headers = Object.fromEntries(Object.entries(first?.headers ?? {}).map(([k, v]) => [k, String(v)]));
  expect(new Webhook(secret).verify(first?.body ?? "", headers)).toMatchObject({
    type: "phone-call-control",
    data: { callId, request: "forward", destination: { number: "+15550100950" } },
  });
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(await marksOf(callId)).toEqual(["+15550100950, passed on"]);
});

it("phone-call-control: a forward request the receiver fails is still answered 200, and the call shows the failure", async () => {
  const receiver = await startReceiver(() => ({ status: 500 }));
  const callId = randomUUID();
  const marksOf = await deliverWith(receiver.url, forward(callId));
  await receiver.stop();
  expect(await marksOf(callId)).toEqual(["+15550100950, could not be passed on"]);
});

it("phone-call-control: a request without a configured URL is shown on the call as having no handler", async () => {
  const callId = randomUUID();
  const marksOf = await deliverWith("", buildBody("phone-call-control", { request: "hang-up" }, { callId }));
  expect(await marksOf(callId)).toEqual(["no handler is set up for it"]);
});
