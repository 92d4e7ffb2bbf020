import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { listIncidents } from "@/db/queries/incidents/read";
import { alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { incidents } from "@/db/schema/incidents";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { hang } from "@/tests/fixtures/hang";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { countWaitingForIncidents, holdIncidentsLock } from "@/tests/support/database/incidents-lock";
import { postDelivery } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";

afterEach(async () => {
  await db.delete(incidents);
  // Calls of one test must not count as healthy calls of the next.
  await db.delete(calls);
});

const alertsOf = (callId: string) => db.select().from(alerts).where(eq(alerts.callId, callId));

test("incidents: while they are derived, events of a call with a pending alert are recorded, and a late one withdraws it", async () => {
  const call = startLiveCall();
  await call.answered(40);
  await call.stops("user", 30);
  const release = await holdIncidentsLock();
  const noticed = noticeOpenAlerts(db);
  await expect.poll(countWaitingForIncidents).toBe(1);
  const spoken = await postDelivery(
    call.body((options) => speechUpdate("assistant", "started", options), 29),
  );
  expect(spoken.status).toBe(200);
  expect(await alertsOf(call.callId)).toEqual([]);
  await release();
  await Promise.all([noticed, spoken.later]);
  expect(await alertsOf(call.callId)).toMatchObject([{ outcome: "withdrawn" }]);
});

test("incidents: while they are derived, one connection waits for all hangs and failures, which then share the next turn", async () => {
  const started = Array.from({ length: 12 }, () => startLiveCall());
  for (const call of started) await call.answered(40);
  const release = await holdIncidentsLock();
  const later = [];
  for (const [index, call] of started.entries()) {
    const failed = { endedReason: "call.in-progress.error-vapifault-eleven-labs-500-server-error" };
    const body = call.body(
      (options) => (index % 2 ? statusUpdate("ended", { ...options, ...failed }) : hang(options)),
      10,
    );
    const posted = await postDelivery(body);
    expect(posted.status).toBe(200);
    later.push(posted.later);
    await expect.poll(countWaitingForIncidents).toBe(1);
  }
  await release();
  await Promise.all(later);
  expect((await listIncidents(db, "open")).map(({ callCount }) => callCount).sort()).toEqual([6, 6]);
});
