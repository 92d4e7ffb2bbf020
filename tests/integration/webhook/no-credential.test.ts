import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { statusUpdate } from "@/tests/fixtures/status-update";

process.env.VAPI_WEBHOOK_SECRET = "";

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { events } = await import("@/db/schema/events");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { makeCredential } = await import("@/tests/support/makers/make-credential");

it.each([
  ["no header at all", { "x-vapi-secret": "" }],
  ["any secret", { "x-vapi-secret": "test-webhook-secret" }],
  ["an empty Bearer token", { "x-vapi-secret": "", authorization: "Bearer " }],
])(
  "webhook: without a configured credential, %s is rejected with 401, and nothing is stored",
  async (_, headers) => {
    const callId = randomUUID();
    expect(await deliver(statusUpdate("in-progress", { callId }), { headers })).toMatchObject({
      status: 401,
    });
    expect(await db.$count(events, eq(events.callId, callId))).toBe(0);
  },
);

it("webhook: a credential is accepted once it is configured", async () => {
  const { secret } = await makeCredential({ kind: "secret" });
  const answer = await deliver(statusUpdate("in-progress"), { headers: { "x-vapi-secret": secret } });
  expect(answer.status).toBe(200);
});
