import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { findUnchecked, listAlerts } from "@/db/queries/alerts/read";
import { saveAlerts } from "@/db/queries/alerts/write";
import { alertChanges, alerts, notificationChannels, notifications } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { toAlertId } from "@/lib/alerts/alert";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { updateAlerts } from "@/lib/alerts/server/update";
import { createChannel } from "@/lib/notifications/server/manage";
import { boardChannel } from "@/lib/realtime/push";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { userInterrupted } from "@/tests/fixtures/user-interrupted";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { withoutIncidents } from "@/tests/support/deliveries/without-incidents";
import { makeCallRow } from "@/tests/support/makers/make-call-row";
import { tester } from "@/tests/support/makers/make-credential";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

beforeAll(withoutIncidents);

const readAlerts = (callId: string) =>
  db.select().from(alerts).where(eq(alerts.callId, callId)).orderBy(alerts.openedAt);

/**
 * Counts statements that record events or alerts from now on, in this database only: transaction numbers are shared by
 * the whole server, which other tests use too.
 */
async function countWrites(): Promise<() => Promise<number>> {
  await db.execute(sql`
    create sequence writes;
    create function count_write() returns trigger language plpgsql
      as $$ begin perform nextval('writes'); return null; end $$;
    create trigger counted after insert on events for each statement execute function count_write();
    create trigger counted after insert or update on alerts for each statement execute function count_write();
  `);
  return async () => {
    const [row] = await db.execute<{ next: string }>(sql`select nextval('writes') as next`);
    return Number(row?.next) - 1;
  };
}

/** The board's pushes about one call's alerts, as browsers receive them. */
async function listenToAlerts(callId: string) {
  const channel = await join(await connectClient(testPusher.port), boardChannel);
  const pushes = collectPushes(channel);
  return () =>
    pushes.flatMap((push) => (push.kind === "alert" && push.alert.callId === callId ? [push.alert] : []));
}

describe("a hang", () => {
  test("opens an alert at once, raises its count when repeated, recovers when the assistant speaks, and is pushed each time", async () => {
    const call = startLiveCall();
    const pushes = await listenToAlerts(call.callId);
    await call.answered(30);
    await call.starts("user", 20);
    await call.stops("user", 15);
    await call.hangs(12);
    const [opened] = await readAlerts(call.callId);
    expect(opened).toMatchObject({
      id: toAlertId(call.callId, call.isoAgo(15)),
      kind: "hang",
      hangs: 1,
      openedAt: call.secondsAgo(12),
      outcome: "open",
    });
    await call.hangs(9);
    await call.starts("assistant", 5);
    expect(await readAlerts(call.callId)).toMatchObject([
      { id: opened?.id, hangs: 2, closedAt: call.secondsAgo(5), outcome: "recovered" },
    ]);
    await expect
      .poll(() => pushes().map(({ outcome, hangs }) => [outcome, hangs]))
      .toEqual([
        ["open", 1],
        ["open", 2],
        ["recovered", 2],
      ]);
  });

  test("lasting until the call ends closes its alert with the outcome call-ended", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.hangs(12);
    await call.ended(8);
    expect(await readAlerts(call.callId)).toMatchObject([
      { closedAt: call.secondsAgo(8), outcome: "call-ended" },
    ]);
  });

  test("delivered twice changes nothing, and one delivered after its answer is counted without reopening the alert", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.hangs(12);
    await call.starts("assistant", 9);
    const before = await readAlerts(call.callId);
    await Promise.all([call.hangs(12), call.hangs(12), call.starts("assistant", 9)]);
    expect(await readAlerts(call.callId)).toEqual(before);
    await call.stops("assistant", 7);
    await call.starts("user", 6);
    await call.hangs(13);
    expect(await readAlerts(call.callId)).toMatchObject([
      { id: before[0]?.id, hangs: 2, closedAt: call.secondsAgo(9) },
    ]);
  });

  test("checked eight times at once is one alert", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await Promise.all([12, 11, 10, 9].map((seconds) => call.hangs(seconds)));
    await Promise.all(
      Array.from({ length: 8 }, () => updateAlerts(db, [{ callId: call.callId, now: new Date() }])),
    );
    expect(await readAlerts(call.callId)).toMatchObject([{ hangs: 4, outcome: "open" }]);
  });

  test("keeps its recovered alert when an outdated copy of the alert is saved", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.hangs(12);
    const opened = await readAlerts(call.callId);
    await call.starts("assistant", 5);
    const closed = await readAlerts(call.callId);
    expect(closed).toMatchObject([{ outcome: "recovered" }]);
    expect(await saveAlerts(db, opened)).toEqual([]);
    expect(await readAlerts(call.callId)).toEqual(closed);
  });

  test("alerts: 120 hangs on 40 calls at once take fewer than 30 writes", async () => {
    const crowd = Array.from({ length: 40 }, () => startLiveCall());
    await Promise.all(crowd.map((call) => call.answered(30)));
    const written = await countWrites();
    await Promise.all(crowd.flatMap((call) => [20, 15, 12].map((seconds) => call.hangs(seconds))));
    const writes = await written();
    for (const call of crowd)
      expect(await readAlerts(call.callId)).toMatchObject([{ hangs: 3, outcome: "open" }]);
    // 120 hangs would take 240 statements if each were recorded and checked by itself.
    expect(writes).toBeLessThan(30);
  });
});

describe("silence", () => {
  test("opens one alert without any event, even when three ticks run at once", async () => {
    const call = startLiveCall();
    await call.answered(22);
    await call.starts("user", 20);
    await call.stops("user", 15);
    expect(await readAlerts(call.callId)).toEqual([]);
    await Promise.all([noticeOpenAlerts(db), noticeOpenAlerts(db), noticeOpenAlerts(db)]);
    expect(await readAlerts(call.callId)).toMatchObject([
      { kind: "no-answer", since: call.secondsAgo(15), openedAt: call.secondsAgo(5), outcome: "open" },
    ]);
  });

  test("ended by an event between two ticks gets its alert from that event", async () => {
    const call = startLiveCall();
    await call.answered(22);
    await call.starts("user", 20);
    await call.stops("user", 15);
    await call.starts("assistant", 2);
    expect(await readAlerts(call.callId)).toMatchObject([
      { kind: "no-answer", closedAt: call.secondsAgo(2), outcome: "recovered" },
    ]);
  });

  test("raises no alert when its events arrive late or the call is long past", async () => {
    const late = startLiveCall();
    await late.answered(200);
    await late.starts("user", 190);
    await late.stops("user", 180);
    await late.starts("assistant", 178);
    await late.stops("assistant", 175);
    const longAgo = startLiveCall();
    await longAgo.answered(90_000);
    await longAgo.hangs(89_990);
    await longAgo.starts("assistant", 89_980);
    await longAgo.stops("assistant", 89_970);
    expect(await readAlerts(late.callId)).toEqual([]);
    await noticeOpenAlerts(db);
    expect(await readAlerts(longAgo.callId)).toMatchObject([{ kind: "hang", outcome: "recovered" }]);
  });

  test("filled by late speech has its alert withdrawn and removed from the list", async () => {
    const call = startLiveCall();
    await call.answered(22);
    await call.starts("user", 20);
    await call.stops("user", 15);
    await noticeOpenAlerts(db);
    await call.starts("assistant", 14);
    expect(await readAlerts(call.callId)).toMatchObject([{ outcome: "withdrawn" }]);
    expect((await listAlerts(db, { callId: call.callId, limit: 10 })).alerts).toEqual([]);
  });

  test("keeps its alert when a late event brings no speech", async () => {
    const call = startLiveCall();
    await call.answered(22);
    await call.starts("user", 20);
    await call.stops("user", 15);
    await noticeOpenAlerts(db);
    await call.tell((options) => userInterrupted(options))(14);
    expect(await readAlerts(call.callId)).toMatchObject([{ kind: "no-answer", outcome: "open" }]);
  });
});

test("alerts: the end of an alert is recorded for forwarding once, even if a late event moves it", async () => {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  await call.starts("assistant", 5);
  await call.starts("assistant", 7);
  expect(await readAlerts(call.callId)).toMatchObject([
    { outcome: "recovered", closedAt: call.secondsAgo(7) },
  ]);
  const changes = await db
    .select({ change: alertChanges.change })
    .from(alertChanges)
    .where(eq(alertChanges.callId, call.callId))
    .orderBy(alertChanges.at);
  expect(changes).toEqual([{ change: "opened" }, { change: "recovered" }]);
});

describe("a channel outside Earshot", () => {
  const due = () =>
    db
      .select({ alertId: notifications.alertId, dueAt: notifications.dueAt })
      .from(notifications)
      .orderBy(notifications.alertId);

  beforeEach(() =>
    createChannel(
      db,
      { kind: "webhook", name: "hook", url: "https://example.com/hook", afterMinutes: 60, quietHours: null },
      tester,
    ),
  );
  afterEach(() => db.delete(notificationChannels));

  test("is notified when an alert opens, and not again when its count rises or it closes", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.hangs(12);
    const [alert] = await readAlerts(call.callId);
    const scheduled = [{ alertId: alert?.id, dueAt: call.secondsAgo(12 - 60 * 60) }];
    expect(await due()).toEqual(scheduled);
    await call.hangs(9);
    await call.starts("assistant", 5);
    expect(await readAlerts(call.callId)).toMatchObject([{ hangs: 2, outcome: "recovered" }]);
    expect(await due()).toEqual(scheduled);
  });

  test("is notified of an open alert, but not of one that ended before it was detected", async () => {
    const [over, open] = [startLiveCall(), startLiveCall()];
    for (const call of [over, open]) {
      await call.answered(60);
      await call.hangs(52);
    }
    await over.starts("assistant", 50);
    for (const { callId } of [over, open]) await db.delete(alerts).where(eq(alerts.callId, callId));
    const [now, callIds] = [new Date(), [over.callId, open.callId]];
    const { changed, isNews } = await updateAlerts(
      db,
      callIds.map((callId) => ({ callId, now })),
    );
    expect(changed.map(({ callId, outcome }) => [callId, outcome]).sort()).toEqual(
      [
        [over.callId, "recovered"],
        [open.callId, "open"],
      ].sort(),
    );
    expect(isNews).toBe(true);
    expect((await due()).map(({ alertId }) => alertId)).toEqual([toAlertId(open.callId, open.isoAgo(60))]);
    const again = await updateAlerts(
      db,
      callIds.map((callId) => ({ callId, now })),
    );
    expect(again).toEqual({ changed: [], isNews: false, incidentIds: [] });
  });
});

describe("alerts: the tick catches up on events whose alerts were not stored", () => {
  /** Records events while no alert can be stored. */
  async function unnoticed(record: () => Promise<unknown>) {
    await db.execute(sql`alter table alerts add constraint unnoticed check (false) not valid`);
    try {
      await record();
    } finally {
      await db.execute(sql`alter table alerts drop constraint unnoticed`);
    }
  }

  test("a hang answered since gets its alert", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await unnoticed(async () => {
      await call.hangs(12);
      await call.starts("assistant", 9);
      await call.ended(3);
    });
    expect(await readAlerts(call.callId)).toEqual([]);
    await noticeOpenAlerts(db);
    expect(await readAlerts(call.callId)).toMatchObject([{ hangs: 1, outcome: "recovered" }]);
  });

  test("a late hang of a closed alert is counted, in a live call and in an ended one", async () => {
    for (const isOver of [false, true]) {
      const call = startLiveCall();
      await call.answered(35);
      await call.hangs(25);
      await call.starts("assistant", 20);
      if (isOver) await call.ended(3);
      await unnoticed(() => call.hangs(30));
      await noticeOpenAlerts(db);
      expect(await readAlerts(call.callId)).toMatchObject([
        { hangs: 2, openedAt: call.secondsAgo(30), closedAt: call.secondsAgo(20), outcome: "recovered" },
      ]);
    }
  });

  test("a silence ended by speech gets its alert once the call is over", async () => {
    const call = startLiveCall();
    await call.answered(60);
    await call.starts("assistant", 55);
    await call.stops("assistant", 50);
    await unnoticed(() => call.starts("assistant", 20));
    await call.ended(3);
    await db.delete(alerts).where(eq(alerts.callId, call.callId));
    await noticeOpenAlerts(db);
    expect(await readAlerts(call.callId)).toMatchObject([
      { kind: "silence", closedAt: call.secondsAgo(20), outcome: "recovered" },
    ]);
  });

  test("1,001 unchecked calls are all checked in one run", async () => {
    const conversationId = randomUUID();
    await db.insert(conversations).values({ id: conversationId });
    const rows = Array.from({ length: 1_001 }, () =>
      makeCallRow({ id: randomUUID(), conversationId, status: "ended" }),
    );
    await db.insert(calls).values(rows);
    await noticeOpenAlerts(db);
    expect(await findUnchecked(db, 10_000)).toEqual([]);
  });

  test("an ended call is due for another check only after a new event, and a call without speech gets no alert", async () => {
    const [call, unheard] = [startLiveCall(), startLiveCall()];
    await call.answered(60);
    await call.hangs(25);
    await call.starts("assistant", 20);
    await call.ended(3);
    await unheard.answered(60);
    await unheard.ended(3);
    await noticeOpenAlerts(db);
    expect(await findUnchecked(db, 10_000)).toEqual([]);
    expect(await readAlerts(unheard.callId)).toEqual([]);
    await call.tell((options) => statusUpdate("ended", options))(2);
    expect(await findUnchecked(db, 10_000)).toMatchObject([{ id: call.callId }]);
  });
});
