import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  alertChanges,
  alerts,
  escalationPolicies,
  escalations,
  notificationChannels,
  notifications,
} from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { incidents } from "@/db/schema/incidents";
import { toAlertId } from "@/lib/alerts/alert";
import { performAction } from "@/lib/alerts/server/actions";
import { updateAlerts, updateIncidentsInTurn } from "@/lib/alerts/server/update";
import { createPolicy } from "@/lib/notifications/server/escalate";
import { createChannel } from "@/lib/notifications/server/manage";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { countWaitingForIncidents, holdIncidentsLock } from "@/tests/support/database/incidents-lock";
import { postDelivery } from "@/tests/support/deliveries/deliver";
import { type LiveCall, startLiveCall } from "@/tests/support/deliveries/live-call";
import { tester } from "@/tests/support/makers/make-credential";

afterEach(async () => {
  await db.delete(incidents);
  await db.delete(calls);
  await db.delete(escalationPolicies);
  await db.delete(notificationChannels);
});

const ana = { id: "ana", name: "Ana" };

const alertsOf = (callId: string) =>
  db.select().from(alerts).where(eq(alerts.callId, callId)).orderBy(alerts.since);

/** A call that hangs, whose alert is not stored yet. */
async function hangUnseen(): Promise<LiveCall> {
  const call = startLiveCall();
  await call.answered(60);
  await call.hangs(52);
  await db.delete(alerts).where(eq(alerts.callId, call.callId));
  return call;
}

/** A call whose caller has waited for 30 s, without an alert yet. */
async function waitUnseen(): Promise<LiveCall> {
  const call = startLiveCall();
  await call.answered(40);
  await call.starts("user", 35);
  await call.stops("user", 30);
  return call;
}

const update = ({ callId }: LiveCall, now?: Date) => updateAlerts(db, [{ callId, ...(now && { now }) }]);

describe("alerts, stored", () => {
  test("nothing is asked of the database for no call", async () => {
    expect(await updateAlerts(db, [])).toEqual({ changed: [], isNews: false, incidentIds: [] });
  });

  test("a call asked for twice is judged as of the later moment, whichever comes first", async () => {
    for (const isLaterFirst of [false, true]) {
      const call = await waitUnseen();
      const moments = [call.secondsAgo(29), call.secondsAgo(0)].map((now) => ({ callId: call.callId, now }));
      await updateAlerts(db, isLaterFirst ? moments.toReversed() : moments);
      expect(await alertsOf(call.callId)).toMatchObject([{ kind: "no-answer", since: call.secondsAgo(30) }]);
    }
  });

  test("a call asked for without a moment is judged as of its last event", async () => {
    const call = await waitUnseen();
    expect((await update(call)).changed).toEqual([]);
    await call.starts("assistant", 5);
    await db.delete(alerts);
    expect((await update(call)).changed).toMatchObject([
      { kind: "no-answer", closedAt: call.isoAgo(5), outcome: "recovered" },
    ]);
  });

  test("an alert is news when it opens and when it closes, but not when its count rises", async () => {
    const call = await hangUnseen();
    expect(await update(call)).toMatchObject({
      isNews: true,
      changed: [{ outcome: "open", hangs: 1, acts: { log: [] } }],
    });
    await call.hangs(50);
    await db.update(alerts).set({ hangs: 1 });
    expect(await update(call)).toMatchObject({ isNews: false, changed: [{ outcome: "open", hangs: 2 }] });
    await call.starts("assistant", 40);
    await db.update(alerts).set({ outcome: "open", closedAt: null });
    expect(await update(call)).toMatchObject({ isNews: true, changed: [{ outcome: "recovered" }] });
  });

  test("of several calls, one that opens an alert is news, and each that changes is returned", async () => {
    const [counted, opened, unchanged] = [await hangUnseen(), await hangUnseen(), await hangUnseen()];
    for (const call of [counted, unchanged]) await update(call);
    await counted.hangs(50);
    await db.update(alerts).set({ hangs: 1 });
    const { changed, isNews } = await updateAlerts(db, [counted, opened, unchanged]);
    expect(new Map(changed.map(({ callId, hangs }) => [callId, hangs]))).toEqual(
      new Map([
        [counted.callId, 2],
        [opened.callId, 1],
      ]),
    );
    expect(isNews).toBe(true);
  });

  test("a second alert of a call opens without the acts of the first, which stays as it is", async () => {
    const call = await hangUnseen();
    await update(call);
    await performAction(db, toAlertId(call.callId, call.isoAgo(60)), { kind: "acknowledge" }, ana, tester);
    await call.starts("assistant", 40);
    await call.stops("assistant", 30);
    await call.hangs(20);
    const second = toAlertId(call.callId, call.isoAgo(30));
    await db.delete(alerts).where(eq(alerts.id, second));
    expect(await update(call)).toMatchObject({
      isNews: true,
      changed: [{ id: second, outcome: "open", acts: { acknowledged: null, log: [] } }],
    });
    expect((await update(call)).changed).toEqual([]);
  });

  test("a change keeps what people did, and its log, in the alert that is announced", async () => {
    const call = await hangUnseen();
    await update(call);
    const id = toAlertId(call.callId, call.isoAgo(60));
    await performAction(db, id, { kind: "note", text: "Called back." }, ana, tester);
    await performAction(db, id, { kind: "acknowledge" }, ana, tester);
    await call.hangs(50);
    await db.update(alerts).set({ hangs: 1 });
    const { changed } = await update(call);
    expect(changed).toMatchObject([
      {
        id,
        hangs: 2,
        acts: {
          acknowledged: { by: ana },
          log: [{ kind: "note", text: "Called back." }, { kind: "acknowledge" }],
        },
      },
    ]);
  });

  test("channels and policies hear of an alert that opens and of its end, but not of one that was over when found", async () => {
    const channel = { kind: "webhook", name: "hook", url: "https://example.com/hook" } as const;
    const heard = await createChannel(
      db,
      { ...channel, afterMinutes: 60, quietHours: null, tellsUpdates: true },
      tester,
    );
    const step = { afterMinutes: 5, channelIds: [heard?.id ?? ""], userIds: [], repeat: null };
    await createPolicy(
      db,
      { name: "on call", isEnabled: true, subjects: ["hang"], hours: null, steps: [step] },
      tester,
    );
    const [open, over] = [await hangUnseen(), await hangUnseen()];
    await over.starts("assistant", 50);
    for (const table of [escalations, notifications, alertChanges, alerts]) await db.delete(table);
    const moments = [open, over].map(({ callId }) => ({ callId, now: open.secondsAgo(0) }));
    await updateAlerts(db, moments);
    const ids = [open, over].map((call) => toAlertId(call.callId, call.isoAgo(60)));
    const told = () =>
      db
        .select({ alertId: notifications.alertId, event: notifications.event })
        .from(notifications)
        .orderBy(notifications.event);
    expect(await told()).toEqual([{ alertId: ids[0], event: "opened" }]);
    expect(await db.select().from(escalations)).toMatchObject([
      { alertId: ids[0], startedAt: open.secondsAgo(0) },
    ]);
    const ends = () =>
      db
        .select({ alertId: alertChanges.alertId })
        .from(alertChanges)
        .where(eq(alertChanges.change, "recovered"))
        .orderBy(alertChanges.at);
    expect(await ends()).toEqual([{ alertId: ids[1] }]);

    await open.hangs(45);
    expect(await alertsOf(open.callId)).toMatchObject([{ hangs: 2, outcome: "open" }]);
    expect(await told()).toHaveLength(1);
    await open.starts("assistant", 3);
    expect(await ends()).toEqual([{ alertId: ids[1] }, { alertId: ids[0] }]);
    expect(await told()).toEqual([
      { alertId: ids[0], event: "opened" },
      { alertId: ids[0], event: "recovered" },
    ]);
    await open.starts("assistant", 4);
    expect(await ends()).toHaveLength(2);
  });
});

describe("alerts: while incidents are derived elsewhere", () => {
  test("those that wait share the next turns; each hears of its own calls, and only one per turn of the incident", async () => {
    const crowd = [];
    for (let count = 0; count < 8; count += 1) crowd.push(await hangUnseen());
    await db.delete(incidents);
    const [first, ...rest] = crowd;
    if (!first) throw new Error("no call");
    const release = await holdIncidentsLock();
    const early = update(first);
    await expect.poll(countWaitingForIncidents).toBe(1);
    const later = rest.map((call) => update(call));
    await release();
    expect(await early).toMatchObject({ isNews: true, changed: [{ callId: first.callId }] });
    const results = await Promise.all(later);
    expect(results.map(({ changed }) => changed.map(({ callId }) => callId))).toEqual(
      rest.map(({ callId }) => [callId]),
    );
    expect(results.every(({ isNews }) => isNews)).toBe(true);
    const [incident, ...others] = await db.select({ id: incidents.id }).from(incidents);
    expect(others).toEqual([]);
    const announced = results.flatMap(({ incidentIds }) => incidentIds);
    expect(new Set(announced)).toEqual(new Set([incident?.id]));
    expect(announced.length).toBeLessThan(4);
  });

  test("a failed call alone asks for its incident", async () => {
    const failed = { endedReason: "call.in-progress.error-vapifault-eleven-labs-500-server-error" };
    for (let count = 0; count < 6; count += 1) {
      const call = startLiveCall();
      await call.answered(40);
      await call.ended(5);
      await db.update(calls).set(failed).where(eq(calls.id, call.callId));
    }
    await db.delete(incidents);
    const ids = await updateIncidentsInTurn();
    expect(await db.select({ id: incidents.id }).from(incidents)).toEqual(ids.map((id) => ({ id })));
    expect(ids).toHaveLength(1);
  });

  test("speech that arrives late moves a waiting caller's alert, and only its last state is announced", async () => {
    const [call, other] = [await waitUnseen(), await hangUnseen()];
    const release = await holdIncidentsLock();
    const now = call.secondsAgo(0);
    const updated = updateAlerts(db, [
      { callId: call.callId, now },
      { callId: other.callId, now },
    ]);
    await expect.poll(countWaitingForIncidents).toBe(1);
    const posted = [];
    for (const [status, seconds] of [
      ["started", 29],
      ["stopped", 28],
    ] as const)
      posted.push(await postDelivery(call.body((options) => speechUpdate("user", status, options), seconds)));
    expect(await alertsOf(call.callId)).toEqual([]);
    await release();
    const { changed, isNews } = await updated;
    await Promise.all(posted.map(({ later }) => later));
    // Judged as of the moment asked for, at which the caller has waited for 28 s, not as of the late speech.
    expect(await alertsOf(call.callId)).toMatchObject([
      { since: call.secondsAgo(30), outcome: "withdrawn" },
      { since: call.secondsAgo(28), outcome: "open" },
    ]);
    expect(changed.map(({ since, outcome }) => [since, outcome]).sort()).toEqual([
      [other.isoAgo(60), "open"],
      [call.isoAgo(30), "withdrawn"],
      [call.isoAgo(28), "open"],
    ]);
    expect(isNews).toBe(true);
  });

  test("an answer newer than the moment asked for ends the alert", async () => {
    const call = await waitUnseen();
    const release = await holdIncidentsLock();
    const updated = update(call, call.secondsAgo(12));
    await expect.poll(countWaitingForIncidents).toBe(1);
    const answered = await postDelivery(
      call.body((options) => speechUpdate("assistant", "started", options), 5),
    );
    await release();
    await Promise.all([updated, answered.later]);
    expect(await alertsOf(call.callId)).toMatchObject([
      { since: call.secondsAgo(30), closedAt: call.secondsAgo(5), outcome: "recovered" },
    ]);
  });
});
