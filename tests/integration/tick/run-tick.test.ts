import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

process.env.CRON_SECRET = "a-secret-for-the-clock";

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts } = await import("@/db/schema/alerts");
const { tickJobs } = await import("@/db/schema/operations");
const { GET: tick } = await import("@/app/api/cron/tick/route");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { runTick } = await import("@/lib/tick/server/tick");

const ask = (authorization?: string) =>
  tick(
    new Request("http://localhost:3000/api/cron/tick", authorization ? { headers: { authorization } } : {}),
  );

beforeEach(() => db.delete(tickJobs));

test.each([undefined, "Bearer wrong", "a-secret-for-the-clock", "bearer a-secret-for-the-clock-and-more"])(
  "tick: a request with the authorization %j is rejected",
  async (authorization) => {
    expect((await ask(authorization)).status).toBe(401);
  },
);

test("tick: it runs each job, and detects silence without any event", async () => {
  const call = startLiveCall();
  await call.answered(60);
  expect(await (await ask("Bearer a-secret-for-the-clock")).json()).toEqual({
    alerts: "done",
    incidents: "done",
    "live-control": "done",
    notifications: "done",
    forwarding: "done",
    "stale-calls": "done",
    "adopt-orphans": "done",
    imports: "done",
    knowledge: "done",
    retention: "done",
    figures: "done",
    archive: "done",
    routing: "done",
    connections: "done",
    issues: "done",
    escalations: "done",
    occupancy: "done",
    reconciliation: "done",
    rates: "done",
    recordings: "done",
    rules: "done",
    versions: "done",
  });
  const noticed = await db.select().from(alerts).where(eq(alerts.callId, call.callId));
  expect(noticed).toMatchObject([{ kind: "silence", outcome: "open" }]);
});

test("tick: of ten concurrent ticks, only one runs each job", async () => {
  const reports = await Promise.all(Array.from({ length: 10 }, () => runTick()));
  for (const job of [
    "alerts",
    "notifications",
    "stale-calls",
    "retention",
    "figures",
    "occupancy",
    "reconciliation",
  ]) {
    expect(reports.filter((report) => report[job] === "done")).toHaveLength(1);
  }
});
