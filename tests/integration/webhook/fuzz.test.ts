import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { answerTokenRequest } from "@/lib/credentials/server/answer-token-request";
import { answerDelivery } from "@/lib/webhook/server/receive";
import { samples } from "@/tests/fixtures/samples/samples";
import { mutateJson, mutations } from "@/tests/support/deliveries/mutate-json";
import { makeCredential } from "@/tests/support/makers/make-credential";

/** `LONG=1 npm test` sends twenty times as many; `FUZZ_SEED=…` repeats a run. */
const runs = process.env.LONG ? 20_000 : 1_000;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_123);

const headerNames = fc.oneof(
  fc.constantFrom(
    "x-vapi-secret",
    "authorization",
    "x-signature",
    "x-timestamp",
    "x-call-id",
    "content-length",
  ),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,80}$/),
);
/** Every character a header may contain, some values very long. */
const headerValues = fc.oneof(
  fc.constantFrom("", "Bearer", "Bearer ", "Basic Og==", "eat_x", "0".repeat(64), "1700000000", "NaN", "-1"),
  fc.constant(String(Date.now())),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.integer({ min: 1, max: 8_000 }).map((length) => "x".repeat(length)),
);
const headers = fc.array(fc.tuple(headerNames, headerValues), { maxLength: 8 });

/** A mutated Vapi body, a truncated one, or something that is no Vapi body at all. */
const bent = fc
  .tuple(fc.constantFrom(...samples), mutations)
  .map(([{ body }, changes]) => JSON.stringify(mutateJson(body, changes)) ?? "");
const cut = fc
  .tuple(bent, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, part]) => text.slice(0, Math.floor(text.length * part)));
const deep = fc.integer({ min: 1, max: 5_000 }).map((depth) => `{"message":${"[".repeat(depth)}`);
const bodies: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 8, arbitrary: bent },
  { weight: 1, arbitrary: cut },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)) },
);

const conversations = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);

const deliveries = fc.record({
  body: bodies,
  headers,
  conversation: conversations,
  /** Most use a valid credential; otherwise nothing past authentication would be tested. */
  isKnown: fc.integer({ min: 0, max: 9 }).map((die) => die < 8),
});

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it(`webhook: ${runs} random deliveries all get an expected status, and the heap grows by less than 24 MB`, {
  timeout: 1_800_000,
}, async () => {
  await makeCredential({ kind: "hmac" });
  await makeCredential({ kind: "oauth2" });
  const later = new Set<Promise<void>>();
  const statuses = new Map<number, number>();
  let sent = 0;
  let warmHeap = 0;

  const delivery = fc.asyncProperty(deliveries, async ({ body, headers: pairs, conversation, isKnown }) => {
    const sentHeaders = new Headers(pairs.map(([name, value]): [string, string] => [name, value.trim()]));
    sentHeaders.delete("content-length");
    if (isKnown) sentHeaders.set("x-vapi-secret", "test-webhook-secret");
    const request = new Request("http://localhost:3000/api/webhook", {
      method: "POST",
      body,
      headers: sentHeaders,
    });
    const answered = await answerDelivery(request, conversation);
    const { status } = answered.response;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect([200, 400, 401, 404, 413]).toContain(status);
    expect(await answered.response.json()).toBeTypeOf("object");

    const done: Promise<void> = answered.later.finally(() => later.delete(done));
    later.add(done);
    if (later.size > 100) await Promise.all(later);
    sent += 1;
    if (sent === runs / 4) {
      await Promise.all(later);
      warmHeap = heapBytes();
    }
  });
  await fc.assert(delivery, { numRuns: runs, seed, endOnFailure: true });
  await Promise.all(later);

  expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 3);
  expect(statuses.get(401) ?? 0).toBeGreaterThan(runs / 30);
  expect(heapBytes() - warmHeap).toBeLessThan(24 * 1024 * 1024);
});

it("token endpoint: random requests all get a defined OAuth error", { timeout: 600_000 }, async () => {
  const contentTypes = fc.constantFrom(
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "",
  );
  const fields = fc.array(
    fc.tuple(
      fc.constantFrom("grant_type", "client_id", "client_secret", "scope", "x"),
      fc.string({ maxLength: 40 }),
    ),
    { maxLength: 6 },
  );
  const forms = fields.map((pairs) => new URLSearchParams(pairs).toString());
  const texts = fc.oneof(
    forms,
    forms.map((form) => `grant_type=client_credentials&${form}`),
    fc.json(),
    fc.string(),
  );
  const waiting: Promise<void>[] = [];
  const asked = fc.asyncProperty(texts, headers, contentTypes, async (body, pairs, contentType) => {
    const sentHeaders = new Headers(pairs.map(([name, value]): [string, string] => [name, value.trim()]));
    sentHeaders.delete("content-length");
    sentHeaders.set("content-type", contentType);
    const request = new Request("http://localhost:3000/api/oauth/token", {
      method: "POST",
      body,
      headers: sentHeaders,
    });
    const { response, later } = await answerTokenRequest(request);
    waiting.push(later);
    expect([400, 401]).toContain(response.status);
    expect((await response.json()).error).toMatch(
      /^(invalid_request|invalid_client|unsupported_grant_type)$/,
    );
  });
  await fc.assert(asked, { numRuns: runs / 4, seed, endOnFailure: true });
  await Promise.all(waiting);
});
