import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// As on Vercel, where no process runs a timer every second.
process.env.VERCEL = "1";
const { db } = await import("@/db/client");
const { alerts } = await import("@/db/schema/alerts");
const { tickJobs } = await import("@/db/schema/operations");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { postDelivery } = await import("@/tests/support/deliveries/deliver");

/** Number of attempts to take a job's turn, whether or not they succeeded. */
async function countAsked(): Promise<number> {
  const [row] = await db.execute<{ asked: string }>(
    sql`select last_value as asked from asked where is_called`,
  );
  return Number(row?.asked ?? 0);
}

await db.execute(sql`
  create sequence asked;
  create function count_asked() returns trigger language plpgsql
    as $$ begin perform nextval('asked'); return null; end $$;
  create trigger counted before insert on tick_jobs for each statement execute function count_asked();
`);

let minutes = 0;

beforeEach(async () => {
  // Each test has its own minute, so that a second passes only when the test decides.
  minutes += 1;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  await db.delete(tickJobs);
  await db.execute(sql`alter sequence asked restart`);
});
afterEach(() => {
  vi.useRealTimers();
});

const readAlerts = (callId: string) => db.select().from(alerts).where(eq(alerts.callId, callId));

/** A call that has been silent for a minute, without a check of alerts. */
async function startSilentCall() {
  const call = startLiveCall();
  await db.insert(tickJobs).values(["alerts", "rules"].map((name) => ({ name, begunAt: later(60) })));
  await call.answered(60);
  await db.delete(tickJobs);
  expect(await readAlerts(call.callId)).toEqual([]);
  return call;
}

const later = (by: number) => new Date(Date.now() + by * 1_000);

/** An event of another call. A status is answered at once, so nothing else is waited for. */
const happen = (call = startLiveCall()) =>
  postDelivery(call.body((options) => statusUpdate("ringing", options), 1));

test("silence: between ticks, an event of one call makes silence on another call detected", async () => {
  const silent = await startSilentCall();
  vi.setSystemTime(later(2));
  const { status, later: after } = await happen();
  expect(status).toBe(200);
  await after;
  expect(await readAlerts(silent.callId)).toMatchObject([{ kind: "silence", outcome: "open" }]);
});

test("silence: a process checks for it at most once a second", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => happen()));
  await Promise.all(answers.map(({ later: after }) => after));
  // One for alerts, one for rules.
  expect(await countAsked()).toBe(2);
  vi.setSystemTime(later(1));
  await (await happen()).later;
  expect(await countAsked()).toBe(4);
});

test("silence: a process does not check for it just after another one did", async () => {
  const silent = await startSilentCall();
  vi.setSystemTime(later(2));
  await db.insert(tickJobs).values({ name: "alerts", begunAt: sql`now()` });
  await (await happen()).later;
  expect(await readAlerts(silent.callId)).toEqual([]);
});
