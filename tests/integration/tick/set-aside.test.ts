import { randomBytes, randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as readHealth } from "@/app/api/health/detail/route";
import { POST as retry } from "@/app/api/health/set-aside/retry/route";
import { db } from "@/db/client";
import { isolate } from "@/db/faults";
import { alerts, notificationChannels, notifications } from "@/db/schema/alerts";
import { callFigures, figureDays, figureProgress } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { setAside } from "@/db/schema/operations";
import { callDocuments, reports } from "@/db/schema/reports";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { catchUpFigures, rollUpFigures } from "@/lib/analytics/server/figures";
import { healthDetailSchema } from "@/lib/health/detail";
import { createImportTally, importCalls } from "@/lib/imports/server/import";
import { sendDue, sendDueAndSetAside } from "@/lib/notifications/server/send-due";
import { applyRetention, setRetention } from "@/lib/privacy/server/erase";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { tester } from "@/tests/support/makers/make-credential";
import { makePastCall } from "@/tests/support/makers/past-calls";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

/** Too long for any PostgreSQL index, and incompressible. */
const longText = () => randomBytes(3_000).toString("base64url");

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

beforeEach(async () => {
  for (const table of [calls, setAside, notificationChannels, figureDays, figureProgress])
    await db.delete(table);
});

const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

/** Makes the database reject a table's rows unless they match, as one of its own limits would. */
async function refuseUnless(table: string, condition: string): Promise<void> {
  await db.execute(sql.raw(`alter table ${table} add constraint poison check (${condition}) not valid`));
  undo.push(() => db.execute(sql.raw(`alter table ${table} drop constraint if exists poison`)));
}

async function reportOf(callId: string, assistantName: string): Promise<string> {
  const body = endOfCallReport({ callId });
  const message = { ...body.message, assistant: { name: assistantName } };
  const { assistantId: _, assistant: __, ...call } = Object(Reflect.get(body.message, "call"));
  expect((await deliver({ message: { ...message, call } })).status).toBe(200);
  return callId;
}

const readAside = () =>
  db.select({ job: setAside.job, item: setAside.item, failures: setAside.failures }).from(setAside);

async function health() {
  const response = await readHealth(send("/api/health/detail", { cookie: admin.cookie }));
  return healthDetailSchema.parse(await response.json());
}

const askRetry = (json: unknown, { cookie }: TestPerson = admin) =>
  retry(send("/api/health/set-aside/retry", { method: "POST", cookie, json }));

describe("jobs: a batch", () => {
  test("with two bad items isolates them in few steps and processes all others", async () => {
    const items = Array.from({ length: 200 }, (_, index) => String(index));
    const done = new Set<string>();
    let steps = 0;
    const failed = await isolate(items, async (some) => {
      steps += 1;
      if (some.includes("77") || some.includes("150")) throw new RangeError("Invalid time value");
      for (const each of some) done.add(each);
    });
    expect(failed.map(({ item }) => item)).toEqual(["77", "150"]);
    expect(done.size).toBe(198);
    expect(steps).toBeLessThan(40);
  });

  test("fails with the original error when the database is gone", async () => {
    const gone = Object.assign(new Error("write CONNECTION_CLOSED"), { code: "CONNECTION_CLOSED" });
    await expect(isolate(["a", "b"], () => Promise.reject(gone))).rejects.toBe(gone);
    const busy = Object.assign(new Error("terminating connection"), { code: "57P01" });
    await expect(isolate(["a"], () => Promise.reject(busy))).rejects.toBe(busy);
  });
});

test("archive and analytics: a call that PostgreSQL rejects is set aside and shown in Health, and other calls are processed", async () => {
  const good = await Promise.all(["Nora", "Otto", "Pia"].map((name) => reportOf(randomUUID(), name)));
  const bad = await reportOf(randomUUID(), longText());
  await db.delete(callDocuments);
  await db.delete(callFigures);
  await db.update(calls).set({ documentedVersion: null });

  for (const round of [1, 2]) {
    await catchUpDocuments(db);
    await catchUpFigures(db);
    const documents = await db.select({ id: callDocuments.callId }).from(callDocuments);
    expect(documents.map(({ id }) => id).sort(), `round ${round}`).toEqual([...good].sort());
    const figures = await db.select({ id: callFigures.callId }).from(callFigures);
    expect(figures.map(({ id }) => id).sort()).toEqual([...good].sort());
    // The second round does not retry it.
    expect((await readAside()).sort((a, b) => (a.job < b.job ? -1 : 1))).toEqual([
      { job: "archive", item: bad, failures: 1 },
      { job: "figures", item: bad, failures: 1 },
    ]);
  }
  const { setAside: shown } = await health();
  expect(shown.count).toBe(2);
  expect(shown.items[0]).toMatchObject({
    item: bad,
    reason: expect.stringMatching(/index row size .*\(54000\)$/),
  });

  const item = { job: "archive", item: bad };
  expect((await askRetry(item, await signedIn("operator"))).status).toBe(403);
  expect((await askRetry({ job: "archive", item: "nothing" })).status).toBe(404);
  expect((await askRetry(item)).status).toBe(204);
  await catchUpDocuments(db);
  expect(await readAside()).toContainEqual({ ...item, failures: 2 });

  await db.update(calls).set({ assistantName: "Rosa" }).where(eq(calls.id, bad));
  expect((await askRetry(item)).status).toBe(204);
  expect((await askRetry({ job: "figures", item: bad })).status).toBe(204);
  await catchUpDocuments(db);
  await catchUpFigures(db);
  expect(await readAside()).toEqual([]);
  expect(await db.$count(callDocuments, eq(callDocuments.callId, bad))).toBe(1);
  expect(await db.$count(callFigures, eq(callFigures.callId, bad))).toBe(1);
});

test("analytics: a day that cannot be summed does not block another", async () => {
  const days = ["2026-01-15", "2026-01-16"];
  for (const [index, day] of days.entries()) {
    const callId = await reportOf(randomUUID(), "Nora");
    const at = new Date(`${day}T0${index + 1}:00:00Z`);
    await db.update(calls).set({ createdAt: at }).where(eq(calls.id, callId));
    await db.update(callFigures).set({ at }).where(eq(callFigures.callId, callId));
  }
  await refuseUnless("figure_rollups", "day <> '2026-01-16'");
  await rollUpFigures(db, { quietMs: 0 });
  expect(await readAside()).toEqual([{ job: "rollups", item: "2026-01-16", failures: 1 }]);
  const added = await db.execute<{ day: string }>(sql`select distinct day::text from figure_rollups`);
  expect(added.map(({ day }) => day)).toEqual(["2026-01-15"]);

  await undo.pop()?.();
  await askRetry({ job: "rollups", item: "2026-01-16" });
  await rollUpFigures(db, { quietMs: 0 });
  expect(await readAside()).toEqual([]);
});

test("retention: a call that cannot be scrubbed is set aside, and the others are scrubbed", async () => {
  await setRetention(db, { events: null, transcripts: 1, recordings: null, personal: null }, tester);
  const ids = [
    await reportOf(randomUUID(), "Nora"),
    await reportOf(randomUUID(), "Otto"),
    await reportOf(randomUUID(), "Pia"),
  ];
  const [first, bad = "", last] = ids;
  await db.update(calls).set({ createdAt: new Date(Date.now() - 3 * 86_400_000) });
  await refuseUnless("reports", `call_id <> '${bad}' or summary is not null`);
  await applyRetention(db);
  const summaries = await db
    .select({ id: reports.callId, summary: reports.summary })
    .from(reports)
    .where(inArray(reports.callId, ids));
  expect(new Map(summaries.map(({ id, summary }) => [id, summary === null]))).toEqual(
    new Map([
      [first, true],
      [bad, false],
      [last, true],
    ]),
  );
  const item = { job: "retention", item: `transcripts ${bad}` };
  expect(await readAside()).toEqual([{ ...item, failures: 1 }]);

  await undo.pop()?.();
  await askRetry(item);
  await applyRetention(db);
  expect(await readAside()).toEqual([]);
  expect(await db.$count(reports, sql`summary is not null`)).toBe(0);
});

test("alerts: a call whose alert cannot be stored does not block the alerts of other calls", async () => {
  const live = [startLiveCall(), startLiveCall(), startLiveCall()];
  const [, bad] = live;
  for (const call of live) {
    await call.answered(30);
    await call.hangs(12);
  }
  await db.delete(alerts);
  await db.update(calls).set({ alertedAt: null });
  await refuseUnless("alerts", `call_id <> '${bad?.callId}'`);
  await noticeOpenAlerts(db);
  expect((await db.select({ id: alerts.callId }).from(alerts)).map(({ id }) => id).sort()).toEqual(
    live
      .filter((call) => call !== bad)
      .map(({ callId }) => callId)
      .sort(),
  );
  expect(await readAside()).toEqual([{ job: "alerts", item: bad?.callId, failures: 1 }]);
});

test("notifications: a notification whose outcome cannot be stored is given up and can be retried, and the others are settled", async () => {
  const [channel] = await db
    .insert(notificationChannels)
    .values({ kind: "webhook", name: "hook", target: "https://hooks.example.com/x" })
    .returning();
  const channelId = channel?.id ?? "";
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const [, bad = ""] = ids;
  await db
    .insert(notifications)
    .values(ids.map((id) => ({ id, channelId, about: "alert" as const, dueAt: new Date(0) })));
  await refuseUnless("notifications", `id <> '${bad}' or state <> 'skipped'`);
  await sendDue(db);
  const rows = await db.select().from(notifications);
  expect(new Map(rows.map(({ id, state }) => [id, state]))).toEqual(
    new Map(ids.map((id) => [id, id === bad ? "failed" : "skipped"])),
  );
  expect(await readAside()).toEqual([{ job: "notifications", item: bad, failures: 1 }]);

  await undo.pop()?.();
  await askRetry({ job: "notifications", item: bad });
  await sendDueAndSetAside(db);
  expect(await readAside()).toEqual([]);
  expect(await db.$count(notifications, eq(notifications.state, "skipped"))).toBe(3);
});

test("import: a call that PostgreSQL rejects is counted as failed with the reason, and the others are imported", async () => {
  const past = ["2026-05-01", "2026-05-02", "2026-05-03"].map((day) => makePastCall(`${day}T12:00:00.000Z`));
  const [, bad] = past;
  Object.assign(Object(bad?.body.message), { customer: { sipUri: `sip:${longText()}@example.com` } });
  const tally = createImportTally();
  const said: string[] = [];
  await importCalls(
    past.map(({ body }, index) => ({ value: body, name: `line ${index + 1}` })),
    tally,
    { isDryRun: false, say: (line) => said.push(line) },
  );
  expect(tally).toMatchObject({ imported: 2, failed: 1 });
  expect(said).toEqual([
    expect.stringMatching(/^line 2 cannot be stored: PostgreSQL rejected it: index row size/),
  ]);
});
