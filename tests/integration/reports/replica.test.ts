import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { ensureDatabase, startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { startStandby } from "@/tests/support/database/start-standby";

const primary = await startThrowawayPostgres({ isReplicated: true });
const url = await ensureDatabase(primary, "earshot");
await applyMigrations(url);
const standby = await startStandby(primary);
process.env.DATABASE_URL = url;
process.env.DATABASE_READ_URL = standby.urlOf("earshot");

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { GET: listReports } = await import("@/app/api/reports/route");
const { GET: getAnalytics } = await import("@/app/api/analytics/route");
const { endOfCallReport } = await import("@/tests/fixtures/end-of-call-report");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const replica = postgres(standby.urlOf("earshot"), { max: 1 });
let cookie = "";

beforeAll(async () => {
  ({ cookie } = await signedIn("admin"));
});

afterAll(async () => {
  await replica.end();
  await db.$client.end();
  await standby.stop();
  await primary.stop();
});

async function readReports() {
  const list = await (await listReports(send("/api/reports", { cookie }))).json();
  const ids: string[] = list.reports.map(({ call }: { call: { id: string } }) => call.id);
  return { ids, behindSeconds: list.behindSeconds };
}

async function readAnalytics() {
  const days = { from: "2000-01-01", to: "2000-12-31", zone: "UTC" };
  const answer = await getAnalytics(send(`/api/analytics?${new URLSearchParams(days)}`, { cookie }));
  return answer.json();
}

test("reports and analytics are read from the replica, and say how far it is behind", async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  await deliver(endOfCallReport({ callId: first }));
  await vi.waitFor(
    async () => expect(await readReports()).toEqual({ ids: [first], behindSeconds: 0 }),
    10_000,
  );

  await replica`select pg_wal_replay_pause()`;
  await deliver(endOfCallReport({ callId: second }));
  await vi.waitFor(async () => {
    const { ids, behindSeconds } = await readReports();
    expect(ids).toEqual([first]);
    expect(behindSeconds).toBeGreaterThan(1);
    expect((await readAnalytics()).behindSeconds).toBeGreaterThan(1);
  }, 10_000);

  await replica`select pg_wal_replay_resume()`;
  await vi.waitFor(async () => {
    const { ids, behindSeconds } = await readReports();
    expect(new Set(ids)).toEqual(new Set([first, second]));
    expect(behindSeconds).toBe(0);
  }, 10_000);
});
