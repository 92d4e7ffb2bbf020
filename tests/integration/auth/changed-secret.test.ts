import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST as createCredential, GET as listCredentials } from "@/app/api/credentials/route";
import { POST as testChannel } from "@/app/api/notification-channels/[channelId]/test/route";
import { GET as getSetup } from "@/app/api/setup/route";
import { GET as listEndpoints } from "@/app/api/tools/endpoints/route";
import { db } from "@/db/client";
import { notificationChannels } from "@/db/schema/alerts";
import { webhookCredentials } from "@/db/schema/credentials";
import { toolEndpoints } from "@/db/schema/tools";
import { shownCredentialSchema } from "@/lib/credentials/credential";
import { forgetCredentials } from "@/lib/credentials/server/known-credentials";
import { createChannel } from "@/lib/notifications/server/manage";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { createEndpoint } from "@/lib/tools/server/manage-endpoints";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { askTool } from "@/tests/support/deliveries/ask-tools";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;

/** As it was sealed before BETTER_AUTH_SECRET was changed to what it is. */
let sealedBefore: (secret: string, owner: string) => string;
let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
  vi.resetModules();
  vi.stubEnv("BETTER_AUTH_SECRET", "another secret of more than thirty-two characters");
  const other: typeof import("@/lib/secrets") = await import("@/lib/secrets");
  sealedBefore = other.sealSecret;
  sealedBefore("once", "so that the key is derived before the variable is set back");
  vi.unstubAllEnvs();
  vi.resetModules();
});

const asAdmin = (path: string, method = "GET", json?: unknown) =>
  send(path, { method, cookie: admin.cookie, ...(json === undefined ? {} : { json }) });

describe("after BETTER_AUTH_SECRET has changed, what was sealed before is told in words", () => {
  test("a signature is refused, the setup check says why, and the list of credentials still opens", async () => {
    const made = await createCredential(
      asAdmin("/api/credentials", "POST", {
        name: "Signed",
        settings: { kind: "hmac", signatureHeader: "x-sig-before" },
      }),
    );
    const { id, secret } = shownCredentialSchema.parse(await made.json());
    const sealedSecret = sealedBefore(secret, id);
    await db.update(webhookCredentials).set({ sealedSecret }).where(eq(webhookCredentials.id, id));
    forgetCredentials();
    const { status } = await deliver(statusUpdate("in-progress", { callId: randomUUID() }), {
      headers: { "x-vapi-secret": "", "x-sig-before": "00" },
    });
    expect(status).toBe(401);
    await expect
      .poll(async () => (await getSetup(asAdmin("/api/setup"))).text())
      .toContain("BETTER_AUTH_SECRET was changed. Rotate “Signed”");
    const listed = await listCredentials(asAdmin("/api/credentials"));
    expect([listed.status, (await listed.text()).includes(secret)]).toEqual([200, false]);
  });

  test("a tool with secret headers says that nothing was done, and the list of endpoints still opens", async () => {
    const settings = {
      name: "lookup_order_before",
      description: "For tests.",
      effect: "read",
      method: "GET",
      url: "https://orders.example.com/one",
      parameters: { type: "object", properties: {} },
      body: null,
      headers: {},
      secrets: { authorization: "Bearer one" },
      sentence: "It is {{state}}.",
      timeoutMs: 5_000,
      isEnabled: true,
    };
    const id = await createEndpoint(db, endpointSchema.parse(settings), by);
    if (id === null) throw new Error("The name is taken.");
    const sealedHeaders = sealedBefore(JSON.stringify(settings.secrets), id);
    await db.update(toolEndpoints).set({ sealedHeaders }).where(eq(toolEndpoints.id, id));
    expect(await askTool("lookup_order_before", {}, { callId: randomUUID() })).toBe(
      "error: The service's key cannot be read. Nothing was done.",
    );
    expect((await listEndpoints(asAdmin("/api/tools/endpoints"))).status).toBe(200);
  });

  test("a notification is given up with what to do", async () => {
    const { id } = await createChannel(
      db,
      { kind: "webhook", name: "Pager", url: "https://pager.example.com", afterMinutes: 0, quietHours: null },
      by,
    );
    const sealedSecret = sealedBefore("whsec_b25l", id);
    await db.update(notificationChannels).set({ sealedSecret }).where(eq(notificationChannels.id, id));
    const tested = await testChannel(asAdmin(`/api/notification-channels/${id}/test`, "POST"), {
      params: Promise.resolve({ channelId: id }),
    });
    expect(await tested.text()).toContain("BETTER_AUTH_SECRET has changed: make the channel anew");
  });
});
