import { createHash, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { ShownCredential } from "@/lib/credentials/credential";
import { type CredentialSettings, newSettingsSchema } from "@/lib/credentials/credential";
import { answerTokenRequest } from "@/lib/credentials/server/answer-token-request";
import { revokeCredential, rotateCredential } from "@/lib/credentials/server/manage";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signDelivery } from "@/tests/support/deliveries/sign-delivery";
import { clientIdOf, makeCredential, tester } from "@/tests/support/makers/make-credential";

type Headers = Record<string, string>;
type HmacSettings = Extract<CredentialSettings, { kind: "hmac" }>;

interface Kind {
  settings: object;
  /** The headers Vapi sends with a body. `timestamp`, if the kind has one. */
  send: (shown: ShownCredential, body: string, timestamp?: string) => Promise<Headers>;
  /** The header that carries the credential. */
  header: string;
}

const verbatim = (header: string, prefix = ""): Pick<Kind, "send" | "header"> => ({
  header,
  send: async ({ secret }) => ({ "x-vapi-secret": "", [header]: `${prefix}${secret}` }),
});

function hmac(knobs: Partial<HmacSettings>): Kind {
  const settings = newSettingsSchema.parse({ kind: "hmac", ...knobs }) as HmacSettings;
  return {
    settings,
    header: settings.signatureHeader,
    send: async ({ secret }, body, timestamp) =>
      signDelivery(settings, secret, body, timestamp ? { timestamp } : {}),
  };
}

const kinds: Record<string, Kind> = {
  "X-Vapi-Secret": { settings: { kind: "secret" }, ...verbatim("x-vapi-secret") },
  "Bearer token": { settings: { kind: "bearer" }, ...verbatim("authorization", "Bearer ") },
  "Bearer token without prefix": {
    settings: { kind: "bearer", hasPrefix: false },
    ...verbatim("authorization"),
  },
  "Bearer token in a header of its own": {
    settings: { kind: "bearer", header: "X-Api-Token" },
    ...verbatim("x-api-token", "Bearer "),
  },
  "token in a header of its own": {
    settings: { kind: "bearer", header: "X-Api-Key", hasPrefix: false },
    ...verbatim("x-api-key"),
  },
  "HMAC as Vapi sets it": hmac({ signatureHeader: "x-signature-1" }),
  "HMAC over the body alone": hmac({ signatureHeader: "x-signature-2", payloadFormat: "{body}" }),
  "HMAC like GitHub": hmac({
    signatureHeader: "x-hub-signature-256",
    signaturePrefix: "sha256=",
    payloadFormat: "{body}",
  }),
  "HMAC like Svix": hmac({
    signatureHeader: "svix-signature",
    timestampHeader: "svix-timestamp",
    signaturePrefix: "v1,",
    payloadFormat: "{svix-id}.{timestamp}.{body}",
    encoding: "base64",
    secretIsBase64: true,
  }),
  "HMAC over method and URL": hmac({
    signatureHeader: "x-signature-3",
    timestampHeader: "x-sent-at",
    algorithm: "sha512",
    payloadFormat: "{method} {url}\n{timestamp}\n{body}",
  }),
  "HMAC with SHA-1": hmac({ signatureHeader: "x-signature-4", algorithm: "sha1", encoding: "base64" }),
  "OAuth 2": {
    settings: { kind: "oauth2" },
    header: "authorization",
    send: async (shown) => ({ "x-vapi-secret": "", authorization: `Bearer ${await fetchToken(shown)}` }),
  },
};

async function fetchToken(shown: ShownCredential): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientIdOf(shown),
    client_secret: shown.secret,
  });
  const { response, later } = await answerTokenRequest(
    new Request("http://localhost:3000/api/oauth/token", { method: "POST", body }),
  );
  await later;
  const answer = await response.json();
  return response.ok ? answer.access_token : "";
}

const make = ({ settings }: Kind) => makeCredential(settings);

const aBody = () => JSON.stringify(statusUpdate("in-progress", { callId: randomUUID() }));
const statusOf = async (body: string, headers: Headers) => (await deliver(body, { headers })).status;

it.each([
  ["an ISO time", (at: Date) => at.toISOString()],
  ["an ISO time with an offset", (at: Date) => at.toISOString().replace("Z", "+00:00")],
  ["seconds", (at: Date) => String(Math.floor(at.getTime() / 1_000))],
  ["seconds with decimals", (at: Date) => (at.getTime() / 1_000).toFixed(3)],
])(
  "HMAC: a timestamp written as %s is accepted when current and rejected when a day old",
  async (_, write) => {
    const kind = hmac({ signatureHeader: "x-signature-5" });
    const [shown, body] = [await make(kind), aBody()];
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await statusOf(body, await kind.send(shown, body, write(yesterday)))).toBe(401);
    expect(await statusOf(body, await kind.send(shown, body, write(new Date())))).toBe(200);
  },
);

describe.concurrent.each(Object.entries(kinds))("the credential %s", (_, kind) => {
  const right = async (shown: ShownCredential) => {
    const body = aBody();
    return statusOf(body, await kind.send(shown, body));
  };
  /** A valid delivery with its credential header changed. */
  const bent = async (bend: (proof: string) => string) => {
    const [shown, body] = [await make(kind), aBody()];
    const headers = await kind.send(shown, body);
    return statusOf(body, { ...headers, [kind.header]: bend(headers[kind.header] ?? "") });
  };

  it("is accepted with the right secret as soon as it is created", async () => {
    expect(await right(await make(kind))).toBe(200);
  });

  it("is rejected with a wrong secret or an altered header", async () => {
    const shown = await make(kind);
    const other = { ...shown, secret: createHash("sha256").update(shown.secret).digest("base64") };
    expect(await right(other)).toBe(401);
    expect(await bent((proof) => proof.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).toBe(401);
  });

  it("is rejected when missing", async () => {
    await make(kind);
    expect(await statusOf(aBody(), { "x-vapi-secret": "" })).toBe(401);
  });

  it("is rejected when empty", async () => {
    expect(await bent(() => "")).toBe(401);
    expect(await bent((proof) => proof.replace(/(?<=^Bearer ).*|^(?!Bearer ).*/, ""))).toBe(401);
  });

  it("is rejected when cut short or extended", async () => {
    expect(await bent((proof) => proof.slice(0, -1))).toBe(401);
    expect(await bent((proof) => proof.slice(0, 12))).toBe(401);
    expect(await bent((proof) => `${proof}A`)).toBe(401);
    expect(await bent((proof) => `${proof}${proof}`)).toBe(401);
  });

  it("is accepted with its old and new secret after rotation, until the old one is revoked", async () => {
    const old = await make(kind);
    const next = await rotateCredential(db, old.id, { graceHours: 24 }, tester);
    if (!next) throw new Error("It could not be rotated.");
    expect(await Promise.all([right(old), right(next)])).toEqual([200, 200]);
    expect(await revokeCredential(db, old.id, tester)).toBe(true);
    expect(await Promise.all([right(old), right(next)])).toEqual([401, 200]);
  });

  it("is rejected with its old secret right after a rotation without a grace period", async () => {
    const old = await make(kind);
    const next = await rotateCredential(db, old.id, { graceHours: 0 }, tester);
    if (!next) throw new Error("It could not be rotated.");
    expect(await Promise.all([right(old), right(next)])).toEqual([401, 200]);
    expect(await rotateCredential(db, old.id, { graceHours: 0 }, tester)).toBeNull();
  });

  it("is rejected when replayed later, if a timestamp is signed", async () => {
    const [shown, body] = [await make(kind), aBody()];
    const ages = [-301_000, -3_600_000, 360_000].map((ageMs) => Date.now() + ageMs);
    const old = ages.flatMap((ms) => [String(ms), String(Math.floor(ms / 1_000))]);
    const statuses = await Promise.all(
      old.map(async (timestamp) => statusOf(body, await kind.send(shown, body, timestamp))),
    );
    const isTimed = String((kind.settings as HmacSettings).payloadFormat).includes("{timestamp}");
    expect(new Set(statuses)).toEqual(new Set([isTimed ? 401 : 200]));
  });

  it("is accepted with a current timestamp in seconds or milliseconds", async () => {
    const [shown, body] = [await make(kind), aBody()];
    for (const timestamp of [String(Date.now()), String(Math.floor(Date.now() / 1_000))])
      expect(await statusOf(body, await kind.send(shown, body, timestamp))).toBe(200);
  });
});

const signed = Object.entries(kinds).filter(([name]) => name.startsWith("HMAC"));

it.concurrent.each(signed)("%s: a signature of another body is rejected", async (_, kind) => {
  const headers = await kind.send(await make(kind), aBody());
  expect(await statusOf(aBody(), headers)).toBe(401);
});
