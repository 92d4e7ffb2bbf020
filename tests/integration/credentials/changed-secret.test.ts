import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const outside = await startReceiver(() => ({}));
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// The key is derived once, on first use, so the first modules keep the key of the old secret.
const today = process.env.BETTER_AUTH_SECRET;
process.env.BETTER_AUTH_SECRET = "the-secret-before-it-was-changed-by-an-admin";
const { sealSecret } = await import("@/lib/secrets");
sealSecret("", "");
process.env.BETTER_AUTH_SECRET = today;
vi.resetModules();

const { db } = await import("@/db/client");
const { notificationChannels } = await import("@/db/schema/alerts");
const { webhookCredentials } = await import("@/db/schema/credentials");
const { toolEndpoints } = await import("@/db/schema/tools");
const { newSettingsSchema } = await import("@/lib/credentials/credential");
const { createCredential } = await import("@/lib/credentials/server/manage");
const { forgetCredentials } = await import("@/lib/credentials/server/known-credentials");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { createEndpoint } = await import("@/lib/tools/server/manage-endpoints");
const { endpointSchema } = await import("@/lib/tools/endpoints/endpoint");
const credentials = await import("@/app/api/credentials/route");
const channels = await import("@/app/api/notification-channels/route");
const channelTest = await import("@/app/api/notification-channels/[channelId]/test/route");
const endpoints = await import("@/app/api/tools/endpoints/route");
const toolRun = await import("@/app/api/tools/[toolName]/run/route");
const setup = await import("@/app/api/setup/route");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const kept = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
let cookie: string;

beforeAll(async () => {
  ({ cookie } = await signedIn("admin"));
});

afterAll(() => outside.stop());

const asAdmin = (path: string, method = "GET", json?: unknown) =>
  send(path, { method, cookie, ...(json === undefined ? {} : { json }) });

describe("after BETTER_AUTH_SECRET has changed", () => {
  test("a signature is rejected, and Settings, setup check and log report the unreadable key without showing it", async () => {
    const logged = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    const settings = newSettingsSchema.parse({ kind: "hmac", payloadFormat: "{body}" });
    const make = (name: string) => createCredential(db, { name, settings, addressRanges: [] }, by);
    const { id, secret } = await make("before");
    await make("after");
    await db
      .update(webhookCredentials)
      .set({ sealedSecret: sealSecret(secret, id) })
      .where(eq(webhookCredentials.id, id));
    forgetCredentials();

    const answer = await deliver(statusUpdate("in-progress", { callId: randomUUID() }), {
      headers: { "x-vapi-secret": "", "x-signature": "0f".repeat(32) },
    });
    expect(answer.status).toBe(401);
    const lines = logged.mock.calls.join("\n");
    logged.mockRestore();
    expect(lines).toContain('"reason":"unreadable-key"');
    const shown = await (await setup.GET(asAdmin("/api/setup"))).json();
    expect(shown.rejections[0].what).toBe(
      "A signature arrived for “before”, whose key can no longer be read.",
    );
    const listed = await (await credentials.GET(asAdmin("/api/credentials"))).text();
    expect(JSON.parse(listed).credentials).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "before", isReadable: false }),
        expect.objectContaining({ name: "after", isReadable: true }),
      ]),
    );
    for (const text of [lines, listed, JSON.stringify(shown)]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain("sealed");
    }
  });

  test("a webhook channel is listed as unreadable, and its test says what to do and sends nothing", async () => {
    const channel = { kind: "webhook", name: "hook", url: `${outside.url}/hook` } as const;
    const id = (await createChannel(db, { ...channel, afterMinutes: 0, quietHours: null }, by))?.id ?? "";
    await db
      .update(notificationChannels)
      .set({ sealedSecret: sealSecret(kept, id) })
      .where(eq(notificationChannels.id, id));
    const listed = await (await channels.GET(asAdmin("/api/notification-channels"))).text();
    expect(JSON.parse(listed).channels).toMatchObject([{ id, isReadable: false }]);
    expect(listed).not.toContain("sealed");
    const path = `/api/notification-channels/${id}/test`;
    const params = Promise.resolve({ channelId: id });
    const tested = await channelTest.POST(asAdmin(path, "POST"), { params });
    expect(tested.status).toBe(200);
    expect(await tested.text()).toContain("Its secret cannot be read: BETTER_AUTH_SECRET has changed");
    expect(outside.received).toEqual([]);
  });

  test("a tool endpoint's secret headers are listed as unreadable, and the endpoint is not called", async () => {
    const settings = {
      name: "order_status",
      description: "For tests.",
      effect: "read",
      method: "GET",
      url: `${outside.url}/orders`,
      parameters: { type: "object", properties: {} },
      body: null,
      headers: {},
      sentence: "It is {{state}}.",
      timeoutMs: 5_000,
      isEnabled: true,
      secrets: { authorization: kept },
    };
    const id = await createEndpoint(db, endpointSchema.parse(settings), by);
    if (id === null) throw new Error("The name is taken.");
    await db
      .update(toolEndpoints)
      .set({ sealedHeaders: sealSecret(JSON.stringify(settings.secrets), id) })
      .where(eq(toolEndpoints.id, id));
    const listed = await (await endpoints.GET(asAdmin("/api/tools/endpoints"))).json();
    expect(listed.endpoints).toMatchObject([{ secretNames: ["authorization"], areSecretsReadable: false }]);
    const params = Promise.resolve({ toolName: "order_status" });
    const ran = await toolRun.POST(asAdmin("/api/tools/order_status/run", "POST", { args: {} }), { params });
    expect(ran.status).toBe(200);
    expect(await ran.text()).toContain("key cannot be read. Nothing was done.");
    expect(outside.received).toEqual([]);
  });
});
