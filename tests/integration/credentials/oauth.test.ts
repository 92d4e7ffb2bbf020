import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { ShownCredential } from "@/lib/credentials/credential";
import { answerTokenRequest } from "@/lib/credentials/server/answer-token-request";
import { revokeCredential, rotateCredential } from "@/lib/credentials/server/manage";
import { mintAccessToken } from "@/lib/credentials/server/tokens";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { clientIdOf, makeCredential, tester } from "@/tests/support/makers/make-credential";

let client: ShownCredential;

beforeAll(async () => {
  client = await makeCredential({ kind: "oauth2" });
});

const grant = { grant_type: "client_credentials" };
const asForm = (fields: Record<string, string>) => ({ ...grant, ...fields });
const inBody = (shown: ShownCredential) => ({ client_id: clientIdOf(shown), client_secret: shown.secret });
const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`;

async function ask(body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/oauth/token", { method: "POST", body, headers });
  const { response, later } = await answerTokenRequest(request);
  await later;
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const askWith = (fields: Record<string, string>, headers?: Record<string, string>) =>
  ask(new URLSearchParams(asForm(fields)), headers);

async function deliverWith(token: string): Promise<number> {
  const headers = { "x-vapi-secret": "", authorization: `Bearer ${token}` };
  return (await deliver(statusUpdate("in-progress", { callId: randomUUID() }), { headers })).status;
}

describe("the token endpoint", () => {
  it.each([
    ["in the form", () => askWith(inBody(client))],
    ["in HTTP Basic", () => askWith({}, { authorization: basic(clientIdOf(client), client.secret) })],
    ["with a scope we do not know", () => askWith({ ...inBody(client), scope: "anything" })],
    [
      "in JSON",
      () =>
        ask(JSON.stringify(asForm(inBody(client))), { "content-type": "application/json; charset=utf-8" }),
    ],
  ])("issues a working token to a client that authenticates %s", async (_, request) => {
    const { status, headers, body } = await request();
    expect({ status, body }).toEqual({
      status: 200,
      body: { access_token: expect.any(String), token_type: "Bearer", expires_in: 3600, scope: "webhook" },
    });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("pragma")).toBe("no-cache");
    expect(await deliverWith(body.access_token)).toBe(200);
  });

  it.each([
    ["no grant type", 400, "invalid_request", () => ask(new URLSearchParams(inBody(client)))],
    [
      "another grant type",
      400,
      "unsupported_grant_type",
      () => askWith({ ...inBody(client), grant_type: "password" }),
    ],
    ["no client", 401, "invalid_client", () => askWith({})],
    ["no secret", 401, "invalid_client", () => askWith({ client_id: clientIdOf(client) })],
    ["an empty secret", 401, "invalid_client", () => askWith({ ...inBody(client), client_secret: "" })],
    ["a wrong secret", 401, "invalid_client", () => askWith({ ...inBody(client), client_secret: "wrong" })],
    ["an unknown client", 401, "invalid_client", () => askWith({ ...inBody(client), client_id: "wrong" })],
    ["Basic of nothing", 401, "invalid_client", () => askWith({}, { authorization: "Basic Og==" })],
    ["Basic that is no Base64", 401, "invalid_client", () => askWith({}, { authorization: "Basic %" })],
    ["a Bearer token", 401, "invalid_client", () => askWith({}, { authorization: "Bearer x" })],
    [
      "two ways at once",
      400,
      "invalid_request",
      () => askWith(inBody(client), { authorization: basic(clientIdOf(client), client.secret) }),
    ],
    ["a field twice", 400, "invalid_request", () => ask(new URLSearchParams("grant_type=a&grant_type=b"))],
    ["JSON that is none", 400, "invalid_request", () => ask("{", { "content-type": "application/json" })],
    ["a body too large", 413, "invalid_request", () => askWith({ scope: "x".repeat(20_000) })],
  ])("rejects %s", async (_, status, error, request) => {
    const answer = await request();
    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } });
    expect(answer.headers.get("www-authenticate")).toBe(status === 401 ? 'Basic realm="Earshot"' : null);
  });
});

describe("an OAuth token", () => {
  it("expires after an hour", async () => {
    const agoMs = (seconds: number) => Date.now() - seconds * 1_000;
    expect(await deliverWith(mintAccessToken(client.id, agoMs(3_500)))).toBe(200);
    expect(await deliverWith(mintAccessToken(client.id, agoMs(3_700)))).toBe(401);
  });

  it("is invalid once its credential is revoked", async () => {
    const other = await makeCredential({ kind: "oauth2" });
    const { body } = await askWith(inBody(other));
    expect(await deliverWith(body.access_token)).toBe(200);
    await revokeCredential(db, other.id, tester);
    expect(await deliverWith(body.access_token)).toBe(401);
    expect((await askWith(inBody(other))).status).toBe(401);
  });

  it("is rejected when forged", async () => {
    const token = mintAccessToken(client.id, Date.now());
    const forOther = mintAccessToken(randomUUID(), Date.now());
    const [claim, signature] = token.split(".");
    const forged = [
      forOther,
      `${forOther.split(".")[0]}.${signature}`,
      `${claim}.`,
      `${claim}.${"A".repeat(43)}`,
    ];
    expect(await Promise.all(forged.map(deliverWith))).toEqual([401, 401, 401, 401]);
  });

  it("can be requested with either secret during a rotation, under the same client ID", async () => {
    const old = await makeCredential({ kind: "oauth2" });
    const next = await rotateCredential(db, old.id, { graceHours: 1 }, tester);
    expect(next?.settings).toEqual(old.settings);
    for (const secret of [old.secret, next?.secret ?? ""])
      expect((await askWith(inBody({ ...old, secret }))).status).toBe(200);
  });
});
