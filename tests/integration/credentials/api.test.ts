import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { POST as rotate } from "@/app/api/credentials/[credentialId]/rotate/route";
import { DELETE as revoke } from "@/app/api/credentials/[credentialId]/route";
import { PUT as setAddresses } from "@/app/api/credentials/addresses/route";
import { POST as create, GET as list } from "@/app/api/credentials/route";
import { GET as getSetup } from "@/app/api/setup/route";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import { webhookCredentials } from "@/db/schema/credentials";
import { shownCredentialSchema } from "@/lib/credentials/credential";
import { setupStateSchema } from "@/lib/credentials/setup";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { openSecret } from "@/lib/secrets";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

const asAdmin = (path: string, method = "GET", json?: unknown) =>
  send(path, { method, cookie: admin.cookie, ...(json === undefined ? {} : { json }) });

async function make(settings: object, more: object = {}) {
  const name = `made-${randomUUID()}`;
  const response = await create(asAdmin("/api/credentials", "POST", { name, settings, ...more }));
  expect(response.status).toBe(201);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { name, ...shownCredentialSchema.parse(await response.json()) };
}

const deliverWith = async (secret: string, headers: Record<string, string> = {}) =>
  (
    await deliver(statusUpdate("in-progress", { callId: randomUUID() }), {
      headers: { "x-vapi-secret": secret, ...headers },
    })
  ).status;

const paramsOf = (credentialId: string) => ({ params: Promise.resolve({ credentialId }) });

describe("a webhook credential", () => {
  test("is accepted once created, and its secret is stored hashed or sealed for its own row", async () => {
    const plain = await make({ kind: "secret" });
    const signed = await make({ kind: "hmac", signatureHeader: "x-sig" });
    expect(await deliverWith(plain.secret)).toBe(200);
    const rows = await db.select().from(webhookCredentials);
    const listed = await (await list(asAdmin("/api/credentials"))).text();
    for (const { secret } of [plain, signed]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(listed).not.toContain(secret);
    }
    const sealed = rows.find(({ id }) => id === signed.id)?.sealedSecret ?? "";
    expect(openSecret(sealed, signed.id)).toBe(signed.secret);
    expect(openSecret(sealed, plain.id)).toBeNull();
    expect(openSecret(`${sealed.slice(0, -4)}AAAA`, signed.id)).toBeNull();
    expect(listed).not.toContain(sealed);
  });

  test("can be created with a given secret", async () => {
    const secret = `mine-${randomUUID()}`;
    expect((await make({ kind: "bearer" }, { secret })).secret).toBe(secret);
    expect(await deliverWith("", { authorization: `Bearer ${secret}` })).toBe(200);
  });

  test.each([
    ["a short secret", { name: "x", settings: { kind: "secret" }, secret: "hunter2" }],
    [
      "a secret with spaces",
      { name: "x", settings: { kind: "secret" }, secret: "a secret with some spaces" },
    ],
    ["a secret for OAuth 2", { name: "x", settings: { kind: "oauth2" }, secret: "a".repeat(30) }],
    [
      "a Base64 secret that is none",
      { name: "x", settings: { kind: "hmac", secretIsBase64: true }, secret: "a".repeat(21) },
    ],
    ["a payload without body", { name: "x", settings: { kind: "hmac", payloadFormat: "{timestamp}" } }],
    ["a range that is none", { name: "x", settings: { kind: "secret" }, addressRanges: ["10.0.0.0/33"] }],
    ["another kind", { name: "x", settings: { kind: "basic" } }],
    ["no name", { name: " ", settings: { kind: "secret" } }],
  ])("with %s is not created", async (_, body) => {
    const response = await create(asAdmin("/api/credentials", "POST", body));
    expect(response.status).toBe(422);
    expect((await response.json()).detail).toEqual(expect.any(String));
  });

  test("can be rotated and revoked, and the audit log has an entry for each", async () => {
    const made = await make({ kind: "secret" });
    const path = `/api/credentials/${made.id}`;
    const rotation = asAdmin(`${path}/rotate`, "POST", { graceHours: 24 });
    const next = shownCredentialSchema.parse(await (await rotate(rotation, paramsOf(made.id))).json());
    expect(await Promise.all([deliverWith(made.secret), deliverWith(next.secret)])).toEqual([200, 200]);
    expect((await revoke(asAdmin(path, "DELETE"), paramsOf(made.id))).status).toBe(204);
    expect((await revoke(asAdmin(path, "DELETE"), paramsOf(made.id))).status).toBe(404);
    expect(await Promise.all([deliverWith(made.secret), deliverWith(next.secret)])).toEqual([401, 200]);
    const entries = await db.select().from(auditLog).where(eq(auditLog.target, made.name));
    expect(entries.map(({ action }) => action)).toEqual([
      "credential.created",
      "credential.rotated",
      "credential.revoked",
    ]);
    expect(entries.every(({ actorName }) => actorName === admin.email)).toBe(true);
  });

  test.each(["nonsense", randomUUID()])(
    "with the unknown ID %s gets 404 when revoked or rotated",
    async (id) => {
      expect((await revoke(asAdmin(`/api/credentials/${id}`, "DELETE"), paramsOf(id))).status).toBe(404);
      const rotation = asAdmin(`/api/credentials/${id}/rotate`, "POST", { graceHours: 1 });
      expect((await rotate(rotation, paramsOf(id))).status).toBe(404);
    },
  );
});

describe("allowed addresses", () => {
  const set = (ranges: string[]) => setAddresses(asAdmin("/api/credentials/addresses", "PUT", { ranges }));

  test("apply to the environment's secret", async () => {
    expect((await set(["203.0.113.0/24"])).status).toBe(204);
    const from = (address: string) => deliverWith("test-webhook-secret", peerHeaders(address));
    expect(await Promise.all([from("203.0.113.9"), from("198.51.100.9")])).toEqual([200, 401]);
    expect((await set([])).status).toBe(204);
    expect(await from("198.51.100.9")).toBe(200);
  });
});

describe("the setup check", () => {
  const ask = async () => setupStateSchema.parse(await (await getSetup(asAdmin("/api/setup"))).json());

  test("names the credential of the newest accepted delivery", async () => {
    const { name, secret } = await make({ kind: "bearer", header: "x-setup", hasPrefix: false });
    await deliverWith("", { "x-setup": secret });
    expect((await ask()).admitted).toMatchObject({ credential: name, lastEventAt: expect.any(String) });
  });

  test("describes a misplaced secret and the change to make, without showing the secret", async () => {
    const { name, secret } = await make({ kind: "bearer", header: "x-setup-2", hasPrefix: false });
    await deliverWith("", { authorization: `Bearer ${secret}` });
    const [newest] = (await ask()).rejections;
    expect(newest).toMatchObject({
      what: `The secret of “${name}” arrived in authorization, not in the header it is set up for.`,
      change: expect.stringContaining("header name"),
      headerNames: expect.arrayContaining(["authorization", "x-vapi-secret (empty)"]),
    });
    expect(JSON.stringify(newest)).not.toContain(secret);
  });
});
