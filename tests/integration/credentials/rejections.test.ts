import { randomBytes, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { webhookRejections } from "@/db/schema/credentials";
import { newSettingsSchema } from "@/lib/credentials/credential";
import { revokeCredential } from "@/lib/credentials/server/manage";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signDelivery } from "@/tests/support/deliveries/sign-delivery";
import { makeCredential, tester } from "@/tests/support/makers/make-credential";

afterEach(() => db.delete(webhookRejections));

const deliverWith = (headers: Record<string, string>, body: unknown = statusUpdate("ended")) =>
  deliver(body, { headers: { "x-vapi-secret": "", ...headers } });

const rejections = () => db.select().from(webhookRejections);

async function onlyRejection() {
  const rows = await rejections();
  expect(rows).toHaveLength(1);
  return rows[0];
}

describe("a rejected delivery", () => {
  it("is counted by reason, header names and network", async () => {
    const headers = { "x-api-key": "nobody-knows-this", ...peerHeaders("203.0.113.77") };
    await Promise.all([
      deliverWith(headers),
      deliverWith(headers),
      deliverWith({ ...headers, ...peerHeaders("203.0.113.5") }),
    ]);
    await deliverWith(headers);
    expect(await onlyRejection()).toMatchObject({
      reason: "nothing-sent",
      count: 4,
      addressRange: "203.0.113.0/24",
      headerNames: expect.arrayContaining(["content-type", "x-api-key", "x-vapi-secret (empty)"]),
    });
  });

  it("from an IPv6 address is counted by its /48 network", async () => {
    await deliverWith(peerHeaders("2001:db8:abcd:12:34:56:78:9a"));
    expect((await onlyRejection())?.addressRange).toBe("2001:db8:abcd::/48");
  });

  it("leaves no header value and no body text in its record", async () => {
    const secret = randomBytes(20).toString("hex");
    await deliverWith(
      { "x-vapi-secret": `${secret}1`, authorization: `Bearer ${secret}2`, "x-signature": `${secret}3` },
      { message: { type: "hang", note: `${secret}4` } },
    );
    const rows = await db.execute(sql`select ${webhookRejections}::text as row from ${webhookRejections}`);
    expect(JSON.stringify(rows)).toContain("wrong-secret");
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("gets the same response regardless of the reason", async () => {
    const { secret, id } = await makeCredential({ kind: "bearer", header: "x-once-valid", hasPrefix: false });
    await revokeCredential(db, id, tester);
    const answers = await Promise.all([
      deliverWith({}),
      deliverWith({ "x-vapi-secret": "x" }),
      deliverWith({ "x-once-valid": secret }),
    ]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

describe("the reason for a rejection", () => {
  const reasonOf = async (headers: Record<string, string>, body?: unknown) => {
    await deliverWith(headers, body);
    return onlyRejection();
  };

  it("names the header and the credential of a misplaced secret", async () => {
    const { secret, id } = await makeCredential({ kind: "bearer", header: "x-api-token", hasPrefix: false });
    expect(await reasonOf({ authorization: `Bearer ${secret}` })).toMatchObject({
      reason: "misplaced-secret",
      header: "authorization",
      credentialId: id,
    });
  });

  it("names the credential of a revoked secret", async () => {
    const { secret, id } = await makeCredential({ kind: "secret" });
    await revokeCredential(db, id, tester);
    expect(await reasonOf({ "x-vapi-secret": secret })).toMatchObject({
      reason: "retired-credential",
      credentialId: id,
    });
  });

  const settings = { kind: "hmac", signatureHeader: "x-sig" };
  const parsed = newSettingsSchema.parse(settings);
  if (parsed.kind !== "hmac") throw new Error("These are no settings of HMAC.");
  const hmac = parsed;

  it("names the payload format of a signature over another payload", async () => {
    const { secret, id } = await makeCredential(settings);
    const body = JSON.stringify(statusUpdate("ended"));
    const sent = signDelivery({ ...hmac, payloadFormat: "{body}" }, secret, body);
    // Formats are tried at most once a second, and another test may just have used that.
    const reasonAlone = async () => {
      await db.delete(webhookRejections);
      return reasonOf(sent, body);
    };
    await expect.poll(reasonAlone).toMatchObject({
      reason: "other-payload",
      credentialId: id,
      found: "payload format {body}, secret taken as text",
    });
    await revokeCredential(db, id, tester);
  });

  it.each([
    ["odd-signature", { "x-sig": "abc", "x-timestamp": String(Date.now()) }],
    ["no-timestamp", { "x-sig": "0".repeat(64), "x-timestamp": "" }],
    ["no-timestamp", { "x-sig": "0".repeat(64), "x-timestamp": "yesterday" }],
    ["old-timestamp", { "x-sig": "0".repeat(64), "x-timestamp": "2026-01-01T00:00:00Z" }],
    ["old-timestamp", { "x-sig": "0".repeat(64), "x-timestamp": "1700000000" }],
    ["wrong-signature", { "x-sig": "0".repeat(64), "x-timestamp": String(Date.now()) }],
  ])("is %s for %j", async (reason, headers) => {
    const { id } = await makeCredential(settings);
    expect(await reasonOf(headers)).toMatchObject({ reason, credentialId: id });
    await revokeCredential(db, id, tester);
  });
});

describe("source addresses", () => {
  const ranges = { addressRanges: ["167.150.224.0/23", "2001:db8::/32"] };

  it.each([
    ["167.150.225.9", 200],
    ["167.150.226.1", 401],
    ["2001:db8:1::1", 200],
    ["2001:db9::1", 401],
    ["::ffff:167.150.224.1", 200],
    ["not an address", 401],
  ])("a right secret from %s gets %i", async (address, status) => {
    const { secret, id } = await makeCredential({ kind: "secret" }, ranges);
    const body = statusUpdate("in-progress", { callId: randomUUID() });
    const answer = await deliverWith({ "x-vapi-secret": secret, ...peerHeaders(address) }, body);
    expect(answer.status).toBe(status);
    if (status === 401)
      expect(await onlyRejection()).toMatchObject({ reason: "wrong-address", credentialId: id });
  });
});

describe("the table of rejections", () => {
  it("stays within 501 rows for 2,000 kinds of rejection, and keeps the total count", {
    timeout: 60_000,
  }, async () => {
    const total = 2_000;
    for (let sent = 0; sent < total; sent += 250) {
      const wave = Array.from({ length: 250 }, (_, n) => deliverWith({ [`x-made-up-${sent + n}`]: "1" }));
      await Promise.all(wave);
    }
    const rows = await rejections();
    expect(rows.length).toBeLessThanOrEqual(501);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  });

  it("merges the oldest rows", async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n));
    await db.insert(webhookRejections).values(
      Array.from({ length: 510 }, (_, n) => ({
        key: `key-${n}`,
        reason: "wrong-token" as const,
        headerNames: [],
        count: 2,
        firstAt: at(n),
        lastAt: at(n),
      })),
    );
    await deliverWith({});
    const [folded] = await db
      .select()
      .from(webhookRejections)
      .where(eq(webhookRejections.key, "wrong-token"));
    expect(folded).toMatchObject({ count: 22, firstAt: at(0), lastAt: at(10) });
  });
});
