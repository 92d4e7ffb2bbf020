import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/health/detail/route";
import { db } from "@/db/client";
import { credentialUses, webhookRejections } from "@/db/schema/credentials";
import { events } from "@/db/schema/events";
import { tickJobs } from "@/db/schema/operations";
import { type HealthDetail, healthDetailSchema } from "@/lib/health/detail";
import { runTick } from "@/lib/tick/server/tick";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let operator: TestPerson;

beforeAll(async () => {
  operator = await signedIn("operator");
});

beforeEach(async () => {
  for (const table of [events, credentialUses, webhookRejections, tickJobs]) await db.delete(table);
});

async function read(period = "hour"): Promise<HealthDetail> {
  const response = await GET(send(`/api/health/detail?period=${period}`, { cookie: operator.cookie }));
  expect(response.status).toBe(200);
  return healthDetailSchema.parse(await response.json());
}

test("health: without events, every count is zero and no response time is shown", async () => {
  const health = await read();
  expect(health).toMatchObject({
    replies: [],
    outcomes: { recorded: 0, unknown: 0, malformed: 0, duplicate: 0 },
    rate: { lastMinute: 0, period: 0 },
    lastEventAt: null,
    setup: { admittedAt: null, rejectedAt: null, rejections: 0 },
    vapi: { connected: 0, drifted: 0, checkedAt: null, failure: null },
    outbox: { waiting: 0, overdueSince: null, failedInPeriod: 0 },
    forwarding: { targets: 0, paused: 0, down: 0, waiting: 0, givenUpInPeriod: 0 },
    jobs: [],
    backlog: { events: 0, bytes: 0, droppedPartials: 0, refusedEvents: 0 },
  });
  expect(health.database.bytes).toBeGreaterThan(0);
});

test("health: response times by type cover the period only, and outcomes and rejections are counted", async () => {
  const callId = randomUUID();
  const started = statusUpdate("in-progress", { callId });
  await deliver(started);
  await deliver(started);
  await deliver(toolCalls([{ id: "call_1", name: "echo", arguments: { text: "hello" } }], { callId }));
  await deliver({ message: { type: "status-update", status: 7 } });
  await deliver({ message: { type: "model.dreamt" } });
  await deliver(started, { headers: { "x-vapi-secret": "wrong" } });

  const times = { p50: expect.any(Number), p95: expect.any(Number), p99: expect.any(Number) };
  const health = await read();
  expect(health.replies).toEqual([
    { type: "tool-calls", isAnswered: true, events: 1, ...times },
    { type: "status-update", isAnswered: false, events: 2, ...times },
    { type: "model.dreamt", isAnswered: false, events: 1, ...times },
  ]);
  expect(health.outcomes).toEqual({ recorded: 2, unknown: 1, malformed: 1, duplicate: 1 });
  expect(health.rate.lastMinute).toBe(4);
  expect(health.setup).toMatchObject({ admittedAt: expect.any(String), rejections: 1 });

  await db.execute("update events set received_at = received_at - interval '2 hours'");
  expect((await read()).replies).toEqual([]);
  expect((await read("day")).replies).toHaveLength(3);
  expect((await read()).lastEventAt).not.toBeNull();
});

test("health: it lists the jobs of the tick and marks the one that is late", async () => {
  await runTick();
  const { jobs } = await read();
  expect(jobs.map(({ name }) => name)).toContain("retention");
  expect(jobs.every(({ isLate }) => !isLate)).toBe(true);
  await db.execute(
    "update tick_jobs set begun_at = begun_at - interval '5 minutes' where name = 'retention'",
  );
  expect((await read()).jobs.filter(({ isLate }) => isLate).map(({ name }) => name)).toEqual(["retention"]);
});

test("health: a viewer is rejected with 403 and an unknown period with 422", async () => {
  const viewer = await signedIn("viewer");
  expect((await GET(send("/api/health/detail", { cookie: viewer.cookie }))).status).toBe(403);
  expect((await GET(send("/api/health/detail?period=year", { cookie: operator.cookie }))).status).toBe(422);
});
