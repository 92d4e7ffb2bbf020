import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { POST as tryRun } from "@/app/api/routing/dry-run/route";
import { GET as getLatency } from "@/app/api/routing/latency/route";
import { GET as getRequests } from "@/app/api/routing/requests/route";
import { GET, PUT } from "@/app/api/routing/route";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { conversations } from "@/db/schema/conversations";
import { routedRequests, routing } from "@/db/schema/routing";
import type { Rule } from "@/lib/routing/routing";
import { forgetRouting } from "@/lib/routing/server/answer-request";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { deliver } from "@/tests/support/deliveries/deliver";
import { makeRule } from "@/tests/support/makers/make-rule";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const admin: TestPerson = await signedIn("admin");
const viewer: TestPerson = await signedIn("viewer");

beforeEach(async () => {
  await db.delete(routing);
  await db.delete(routedRequests);
  forgetRouting();
});

const put = (rules: Rule[], version: number, defaultAnswer: object | null = null) =>
  PUT(send("/api/routing", { method: "PUT", cookie: admin.cookie, json: { version, rules, defaultAnswer } }));

const dryRun = async (run: object) => {
  const answer = await tryRun(
    send("/api/routing/dry-run", {
      method: "POST",
      cookie: admin.cookie,
      json: { local: "2026-06-05T10:00", zone: "Europe/Berlin", ...run },
    }),
  );
  return { status: answer.status, body: await answer.json() };
};

describe("routing rules", () => {
  it("are saved together, answer the next call, and appear by name in the audit log", async () => {
    const rule = makeRule({
      name: "Everybody",
      answer: { kind: "assistant-id", assistantId: "41e4a819-0000-4e88-8f1e-00000000f0de" },
    });
    expect((await put([rule], 0)).status).toBe(200);
    const { body } = await deliver(assistantRequest({ callId: randomUUID() }));
    expect(body).toEqual({ assistantId: "41e4a819-0000-4e88-8f1e-00000000f0de" });
    const read = await GET(send("/api/routing", { cookie: admin.cookie }));
    expect(await read.json()).toMatchObject({
      routing: { version: 1, changedBy: admin.email, rules: [rule] },
    });
    const [entry] = await listAudit(db, { action: "routing.changed" }, 1);
    expect(entry).toMatchObject({ detail: { added: "Everybody" } });
  });

  it("have each change in the audit log, without phone numbers", async () => {
    const [day, night, spam] = [
      makeRule({ name: "Day" }),
      makeRule({ name: "Night" }),
      makeRule({ name: "Spam", when: { callers: { numbers: ["+4930901821"] } } }),
    ];
    const logged = async (rules: Rule[], version: number, defaultAnswer: object | null = null) => {
      expect((await put(rules, version, defaultAnswer)).status).toBe(200);
      const [entry] = await listAudit(db, { action: "routing.changed" }, 1);
      return entry?.detail;
    };
    expect(await logged([day, night, spam], 0)).toEqual({ added: "Day, Night, Spam" });
    expect(await logged([night, day, spam], 1)).toEqual({ order: "Night, Day, Spam" });
    const quiet = { ...spam, isEnabled: false };
    expect(await logged([night, quiet], 2)).toEqual({ removed: "Day", changed: "Spam" });
    expect(await logged([day, night, quiet], 3)).toEqual({ added: "Day" });
    const closed = { kind: "error", error: "We are closed." };
    expect(await logged([day, night, quiet], 4, closed)).toEqual({ default: "error" });
    expect(await logged([day, night, quiet], 5, closed)).toEqual({});
    expect(await logged([day, night, quiet], 6)).toEqual({ default: "none" });
  });

  it("reject the second of two simultaneous saves, and a later conflict names who saved first", async () => {
    const answers = await Promise.all([put([makeRule()], 0), put([makeRule()], 0)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = await put([], 0);
    expect(late.status).toBe(409);
    expect((await late.json()).detail).toContain(admin.email);
    expect((await put([], 1)).status).toBe(200);
  });

  it("apply after the database is restored to an earlier state", async () => {
    for (const version of [0, 1, 2]) await put([makeRule()], version);
    await deliver(assistantRequest({ callId: randomUUID() }));
    await db.delete(routing);
    await put(
      [makeRule({ answer: { kind: "assistant-id", assistantId: "41e4a819-0000-4e88-8f1e-0000000000b0" } })],
      0,
    );
    const { body } = await deliver(assistantRequest({ callId: randomUUID() }));
    expect(body).toEqual({ assistantId: "41e4a819-0000-4e88-8f1e-0000000000b0" });
  });

  it("are rejected with an explanation if Vapi would not accept them or they contain a secret", async () => {
    const rule = makeRule();
    const refused = async (change: object) => {
      const answer = await put([{ ...rule, ...change }], 0);
      return { status: answer.status, detail: (await answer.json()).detail };
    };
    const answer = {
      kind: "assistant",
      assistant: { server: { url: "https://x.example", secret: "s3cret" } },
    };
    expect(await refused({ answer })).toMatchObject({
      status: 422,
      detail: expect.stringContaining("assistant.server.secret"),
    });
    const time = { zone: "Mars/Olympus", weekdays: [1], from: "09:00", to: "17:00" };
    expect((await refused({ when: { ...rule.when, time } })).detail).toContain("Unknown time zone");
    expect((await refused({ answer: { kind: "number", number: "0301234" } })).detail).toContain(
      "country code",
    );
    expect((await put([rule, rule], 0)).status).toBe(422);
  });
});

describe("calls that arrive together", () => {
  it("are each answered with their own conversation's context, and each is timed", async () => {
    const calls = Array.from({ length: 40 }, (_, index) => ({
      callId: randomUUID(),
      uuid: randomUUID(),
      context: index % 4 === 3 ? null : { ticket: index },
    }));
    await db
      .insert(conversations)
      .values(calls.flatMap(({ uuid, context }) => (context ? [{ id: uuid, context }] : [])));

    const replies = await Promise.all(
      calls.map(({ callId, uuid }) => deliver(assistantRequest({ callId }), { conversation: uuid })),
    );
    expect(replies.map(({ body }) => body)).toEqual(
      calls.map(({ context }) => ({
        assistantId: "assistant-for-tests",
        ...(context && { assistantOverrides: { variableValues: context } }),
      })),
    );
    const timed = await db.select({ callId: routedRequests.callId }).from(routedRequests);
    expect(timed.map(({ callId }) => callId).sort()).toEqual(calls.map(({ callId }) => callId).sort());
  });
});

describe("a dry run of routing", () => {
  it("shows which rule answers, why the others do not, and the exact JSON with the conversation's context", async () => {
    const conversationUuid = randomUUID();
    await db.insert(conversations).values({ id: conversationUuid, context: { customer: { tier: "gold" } } });
    const night = { zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], from: "22:00", to: "06:00" };
    await put(
      [
        makeRule({ name: "Spam", when: { callers: { numbers: ["+4930901821"] } } }),
        makeRule({ name: "Night", when: { time: night } }),
        makeRule({
          name: "Gold",
          when: { fields: [{ path: "customer.tier", test: "is", value: "gold" }] },
          answer: { kind: "assistant-id", assistantId: "41e4a819-0000-4e88-8f1e-0000000060ed" },
        }),
      ],
      0,
      { kind: "error", error: "We are closed." },
    );
    const { body } = await dryRun({ caller: "+4930901820", conversationUuid });
    expect(body).toMatchObject({
      source: "rule",
      rule: { name: "Gold" },
      at: "2026-06-05T08:00:00.000Z",
      reply: {
        assistantId: "41e4a819-0000-4e88-8f1e-0000000060ed",
        assistantOverrides: { variableValues: { customer_tier: "gold" } },
      },
      findings: [
        { name: "Spam", mismatch: { condition: "caller" } },
        { name: "Night", mismatch: { why: "it is Friday, 10:00 in Europe/Berlin" } },
        { name: "Gold", outcome: "answers" },
      ],
    });
    expect((await dryRun({ local: "2026-06-06T02:00" })).body.rule.name).toBe("Night");
    expect((await dryRun({})).body).toMatchObject({ source: "default", reply: { error: "We are closed." } });
    await db.update(conversations).set({ answer: { assistantId: "its-own" } });
    expect((await dryRun({ conversationUuid })).body).toMatchObject({
      source: "conversation",
      reply: { assistantId: "its-own", assistantOverrides: { variableValues: { customer_tier: "gold" } } },
    });
  });

  it("gives the same answer as a real call", async () => {
    await put([makeRule({ when: { callers: { prefixes: ["+1555"] } } })], 0);
    const body = assistantRequest({ callId: randomUUID() });
    const caller = String((body.message.customer as { number?: string } | undefined)?.number ?? "");
    const real = await deliver(body);
    expect(real.body).toEqual((await dryRun({ caller })).body.reply);
  });

  it("is rejected for an invalid time or a conversation without a UUID", async () => {
    expect((await dryRun({ local: "yesterday" })).status).toBe(422);
    expect((await dryRun({ conversationUuid: "mine" })).status).toBe(422);
  });
});

describe("the routing times", () => {
  it("record when each request was decided and answered, and by which rule", async () => {
    const rule = makeRule({ name: "Everybody" });
    await put([rule], 0);
    const callId = randomUUID();
    await deliver(assistantRequest({ callId }));
    const [kept] = await db.select().from(routedRequests);
    expect(kept).toMatchObject({ callId, source: "rule", ruleId: rule.id, ruleName: "Everybody" });
    expect(kept?.answeredMs).toBeGreaterThanOrEqual(kept?.decidedMs ?? Number.POSITIVE_INFINITY);
    const requests = await getRequests(send("/api/routing/requests", { cookie: admin.cookie }));
    expect(await requests.json()).toMatchObject({ requests: [{ callId }] });
  });

  it("count recent requests only, and are visible to viewers", async () => {
    const arrived = (minutesAgo: number, answeredMs: number) => ({
      arrivedAt: new Date(Date.now() - minutesAgo * 60_000),
      decidedMs: answeredMs,
      answeredMs,
      source: "rule" as const,
    });
    const lately = Array.from({ length: 100 }, (_, index) => arrived(1, index + 1));
    await db.insert(routedRequests).values([...lately, arrived(30, 9_000)]);
    const answer = await getLatency(send("/api/routing/latency", { cookie: viewer.cookie }));
    expect(await answer.json()).toEqual({ latency: { count: 100, p50Ms: 50, p95Ms: 95 } });
  });
});
