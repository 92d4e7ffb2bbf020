import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import type { LiveCall } from "@/tests/support/deliveries/live-call";
import { startReceiver } from "@/tests/support/servers/start-receiver";

/** PagerDuty and webhooks; each test sets what happens before one answers. */
let beforeAnswer: (path: string) => Promise<void> = async () => {};
let status = 200;
const outside = await startReceiver(async ({ path }) => {
  await beforeAnswer(path);
  return { status };
});
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts, escalationPolicies, escalations, notificationChannels, notifications } = await import(
  "@/db/schema/alerts"
);
const { auditLog } = await import("@/db/schema/auth");
const { performAction } = await import("@/lib/alerts/server/actions");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { changePolicy, createPolicy, deletePolicy, escalateDue } = await import(
  "@/lib/notifications/server/escalate"
);
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");

await withoutIncidents();

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const ana = { id: "ana", name: "Ana" };
const key = "0123456789abcdef0123456789ABCDEF";

afterEach(async () => {
  beforeAnswer = async () => {};
  status = 200;
  outside.received.length = 0;
  await db.delete(escalationPolicies);
  await db.delete(notificationChannels);
});

afterAll(() => outside.stop());

/** A webhook that gets alerts itself only after a day, and so only what is escalated to it. */
async function lateHook(name: string): Promise<string> {
  const url = `${outside.url}/${name}`;
  const settings = { afterMinutes: 1440, quietHours: null, tellsUpdates: true };
  return (await createChannel(db, { kind: "webhook", name, url, ...settings }, by))?.id ?? "";
}

const policyFor = (channelIds: string[], more: object = {}) =>
  createPolicy(
    db,
    {
      name: "on call",
      isEnabled: true,
      subjects: ["hang"],
      hours: null,
      steps: [{ afterMinutes: 5, channelIds, userIds: [], repeat: { everyMinutes: 10, times: 3 } }],
      ...more,
    },
    by,
  );

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const eventsAt = (path: string) =>
  outside.received.filter((each) => each.path === path).map(({ body }) => JSON.parse(body).type);

async function hangNow(): Promise<{ call: LiveCall; alertId: string }> {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const [row] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, call.callId));
  return { call, alertId: row?.id ?? "" };
}

const acknowledge = (alertId: string) => performAction(db, alertId, { kind: "acknowledge" }, ana, by);

/** A policy that tells `first` after 5, 15, 25 and 35 minutes, and `boss` after 20. */
async function policyOfTwoSteps(): Promise<void> {
  const [first, boss] = [await lateHook("first"), await lateHook("boss")];
  await policyFor([first], {
    steps: [
      { afterMinutes: 5, channelIds: [first], userIds: [], repeat: { everyMinutes: 10, times: 3 } },
      { afterMinutes: 20, channelIds: [boss], userIds: [], repeat: null },
    ],
  });
}

test("escalation: the second step is taken at its time if nobody acknowledges, and after the last step the escalation ends", async () => {
  await policyOfTwoSteps();
  const { alertId } = await hangNow();
  const sentAt = async (minutes: number) => {
    outside.received.length = 0;
    await escalateDue(db, inMinutes(minutes));
    return outside.received.map(({ path }) => path);
  };
  const sent = [];
  for (const minutes of [6, 16, 19, 21, 26, 34, 36, 60]) sent.push([minutes, await sentAt(minutes)]);
  expect(sent).toEqual([
    [6, ["/first"]],
    [16, ["/first"]],
    [19, []],
    [21, ["/boss"]],
    [26, ["/first"]],
    [34, []],
    [36, ["/first"]],
    [60, []],
  ]);
  const [row] = await db.select().from(escalations).where(eq(escalations.alertId, alertId));
  expect(row).toMatchObject({ reason: "All steps are done.", endedAt: expect.any(Date) });
});

test("escalation: a step repeats until the alert is acknowledged, and the next step is then skipped", async () => {
  await policyOfTwoSteps();
  const { alertId } = await hangNow();
  await escalateDue(db, inMinutes(4));
  expect(outside.received).toEqual([]);
  await escalateDue(db, inMinutes(6));
  await escalateDue(db, inMinutes(6));
  await escalateDue(db, inMinutes(16));
  expect([eventsAt("/first"), eventsAt("/boss")]).toEqual([["alert.escalated", "alert.escalated"], []]);
  await acknowledge(alertId);
  await escalateDue(db, inMinutes(40));
  await sendDue(db);
  expect(eventsAt("/first")).toEqual(["alert.escalated", "alert.escalated", "alert.acknowledged"]);
  expect(eventsAt("/boss")).toEqual([]);
  const [row] = await db.select().from(escalations).where(eq(escalations.alertId, alertId));
  expect(row).toMatchObject({ reason: "Ana acknowledged it.", endedAt: expect.any(Date) });
});

test("escalation: a recovered alert is no longer escalated, and its recovery is sent to the channel it reached", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  const { call } = await hangNow();
  await escalateDue(db, inMinutes(6));
  await call.starts("assistant", 2);
  await escalateDue(db, inMinutes(20));
  await sendDue(db);
  expect(eventsAt("/hook")).toEqual(["alert.escalated", "alert.recovered"]);
});

test("escalation: an acknowledgement cancels an escalation that still waits for its next attempt", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  const { alertId } = await hangNow();
  status = 503;
  await escalateDue(db, inMinutes(6));
  status = 200;
  outside.received.length = 0;
  await acknowledge(alertId);
  await db
    .update(notifications)
    .set({ dueAt: new Date(0) })
    .where(eq(notifications.event, "escalated"));
  await sendDue(db);
  expect(outside.received).toEqual([]);
  const [row] = await db.select().from(notifications).where(eq(notifications.event, "escalated"));
  expect(row).toMatchObject({ state: "skipped", reason: "Ana acknowledged it." });
});

test("escalation: an acknowledgement during the sending of an escalation is sent after it", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  const { alertId } = await hangNow();
  beforeAnswer = async () => {
    beforeAnswer = async () => {};
    await acknowledge(alertId);
    await sendDue(db);
  };
  await escalateDue(db, inMinutes(6));
  expect(eventsAt("/hook")).toEqual(["alert.escalated"]);
  await db
    .update(notifications)
    .set({ dueAt: new Date(0) })
    .where(eq(notifications.event, "acknowledged"));
  await sendDue(db);
  expect(eventsAt("/hook")).toEqual(["alert.escalated", "alert.acknowledged"]);
});

test("escalation: six concurrent runs take a step once per alert", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  await Promise.all([hangNow(), hangNow(), hangNow()]);
  await Promise.all(Array.from({ length: 6 }, () => escalateDue(db, inMinutes(6))));
  await sendDue(db);
  expect(eventsAt("/hook")).toEqual(["alert.escalated", "alert.escalated", "alert.escalated"]);
});

test("escalation: an escalation left unsent by a failed attempt is sent by the next run", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  await hangNow();
  status = 500;
  await escalateDue(db, inMinutes(6));
  status = 200;
  outside.received.length = 0;
  // As if the sender had died while sending: its lease has expired.
  await db.update(notifications).set({ dueAt: new Date(0), failures: [] });
  await sendDue(db);
  expect(eventsAt("/hook")).toContain("alert.escalated");
});

test("escalation: three rounds for an unreachable receiver queue one notification", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook]);
  await hangNow();
  status = 500;
  for (const minutes of [6, 16, 26]) await escalateDue(db, inMinutes(minutes));
  const rows = await db.select().from(notifications).where(eq(notifications.event, "escalated"));
  expect(rows).toHaveLength(1);
});

test("escalation: PagerDuty gets trigger, acknowledge and resolve under the alert's key, even without an earlier message", async () => {
  const settings = { afterMinutes: 1440, quietHours: null };
  const pager = await createChannel(db, { kind: "pagerduty", name: "pager", key, ...settings }, by);
  await policyFor([pager?.id ?? ""]);
  const { call, alertId } = await hangNow();
  await escalateDue(db, inMinutes(6));
  await acknowledge(alertId);
  await sendDue(db);
  await call.starts("assistant", 2);
  await sendDue(db);
  expect(
    outside.received
      .map(({ body }) => JSON.parse(body))
      .map((event) => [event.event_action, event.dedup_key]),
  ).toEqual([
    ["trigger", alertId],
    ["acknowledge", alertId],
    ["resolve", alertId],
  ]);
});

test("escalation: a policy for other alert kinds and a disabled policy escalate nothing", async () => {
  const hook = await lateHook("hook");
  await policyFor([hook], { subjects: ["silence", "rule-critical", "incident"] });
  await policyFor([hook], { isEnabled: false });
  await hangNow();
  expect(await db.select().from(escalations)).toEqual([]);
});

test("escalation: adding, changing and deleting a policy are in the audit log, and deletion ends its escalations", async () => {
  const hook = await lateHook("hook");
  const { id } = await policyFor([hook]);
  await hangNow();
  await changePolicy(db, id, { name: "nights" }, by);
  expect(await deletePolicy(db, id, by)).toBe(true);
  expect(await db.select().from(escalations)).toEqual([]);
  const written = await db.select({ action: auditLog.action }).from(auditLog);
  expect(written.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      "escalation-policy.created",
      "escalation-policy.changed",
      "escalation-policy.deleted",
    ]),
  );
});
