import { randomUUID } from "node:crypto";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { breakPostgres } from "@/tests/support/database/broken-postgres";
import { inTime } from "@/tests/support/deliveries/in-time";
import { makeRule } from "@/tests/support/makers/make-rule";
import { responseCheck } from "@/tests/support/vapi/response-check";

const postgres = await breakPostgres(process.env.DATABASE_URL ?? "");
process.env.DATABASE_URL = postgres.url;
/** Vapi hangs up after this time; how much sooner the answer arrives depends on how busy the machine is. */
const limitMs = 7_500;

/** Earshot right after start: nothing in memory, no open connections. */
async function startAnew() {
  vi.resetModules();
  Object.assign(globalThis, { earshotPool: undefined, earshotRecording: undefined });
  const { answerDelivery } = await import("@/lib/webhook/server/receive");
  return async () => {
    const body = JSON.stringify(assistantRequest({ callId: randomUUID() }));
    const headers = { "content-type": "application/json", "x-vapi-secret": "test-webhook-secret" };
    const { response } = await answerDelivery(
      new Request("http://localhost:3000/api/webhook", { method: "POST", body, headers }),
      randomUUID(),
    );
    const reply = await response.json();
    expect(response.status).toBe(200);
    expect(responseCheck.safeParse(reply).error).toBeUndefined();
    return reply;
  };
}

async function setRules() {
  const { db } = await import("@/db/client");
  const { writeRouting } = await import("@/db/queries/routing");
  const { readRouting } = await import("@/db/queries/routing");
  const rule = makeRule({
    answer: { kind: "assistant-id", assistantId: "41e4a819-0000-4e88-8f1e-00000000b001" },
  });
  const { version } = await readRouting(db);
  await writeRouting(db, { rules: [rule], defaultAnswer: null }, version, "test");
}

afterEach(() => postgres.become("well"));
afterAll(() => postgres.close());

describe.each(["gone", "hung", "slow"] as const)("routing: with a database that is %s", (state) => {
  it("the fallback answers in time right after the start, for single calls and many at once", async () => {
    postgres.become(state);
    const call = await startAnew();
    for (let index = 0; index < 3; index += 1)
      expect(await inTime(limitMs, call)).toEqual({ assistantId: "assistant-for-tests" });
    await inTime(limitMs, () => Promise.all(Array.from({ length: 30 }, call)));
  });

  it("the last known rules answer in time, even an hour later", async () => {
    const call = await startAnew();
    await setRules();
    expect(await call()).toEqual({ assistantId: "41e4a819-0000-4e88-8f1e-00000000b001" });
    postgres.become(state);
    const later = Date.now() + 3_600_000;
    for (let index = 0; index < 3; index += 1)
      expect(await inTime(limitMs, call, later)).toEqual({
        assistantId: "41e4a819-0000-4e88-8f1e-00000000b001",
      });
    await inTime(limitMs, () => Promise.all(Array.from({ length: 30 }, call)), later);
  });
});

it("routing: without rules, database and fallback, the caller gets an apology", async () => {
  postgres.become("hung");
  const fallback = process.env.FALLBACK_ASSISTANT_ID;
  delete process.env.FALLBACK_ASSISTANT_ID;
  const call = await startAnew();
  expect(await inTime(limitMs, call)).toEqual({ error: expect.stringContaining("sorry") });
  process.env.FALLBACK_ASSISTANT_ID = fallback;
});

it("routing: once the database is back, the current rules answer", async () => {
  postgres.become("gone");
  const call = await startAnew();
  expect(await inTime(limitMs, call)).toEqual({ assistantId: "assistant-for-tests" });
  postgres.become("well");
  await setRules();
  await vi.waitFor(
    async () => expect(await call()).toEqual({ assistantId: "41e4a819-0000-4e88-8f1e-00000000b001" }),
    {
      timeout: 15_000,
      interval: 300,
    },
  );
});
