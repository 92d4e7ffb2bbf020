import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import type { NewChannel } from "@/lib/notifications/channel";
import type { LiveCall } from "@/tests/support/deliveries/live-call";
import { startReceiver } from "@/tests/support/servers/start-receiver";

/** PagerDuty, Microsoft Teams and a webhook; each test sets how they answer. */
let answer: (path: string) => { status?: number } = () => ({});
const outside = await startReceiver(({ path }) => answer(path));
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts, notificationChannels, notifications } = await import("@/db/schema/alerts");
const { performAction } = await import("@/lib/alerts/server/actions");
const { changeChannel, createChannel } = await import("@/lib/notifications/server/manage");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { enqueueTest } = await import("@/db/queries/notifications/outbox");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");

await withoutIncidents();

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const ana = { id: "ana", name: "Ana" };
const key = "0123456789abcdef0123456789ABCDEF";
const channels = {
  pagerduty: { kind: "pagerduty", name: "on call", key },
  teams: { kind: "teams", name: "ops room", url: `${outside.url}/teams?sig=secret-part`, tellsUpdates: true },
  webhook: { kind: "webhook", name: "hook", url: `${outside.url}/hook`, tellsUpdates: true },
} as const;

const add = (channel: (typeof channels)[keyof typeof channels], more: object = {}) =>
  createChannel(db, { ...channel, afterMinutes: 0, quietHours: null, ...more } as NewChannel, by);

afterEach(async () => {
  answer = () => ({});
  outside.received.length = 0;
  await db.delete(notificationChannels);
});

afterAll(() => outside.stop());

const bodies = (path: string) =>
  outside.received.filter((each) => each.path.startsWith(path)).map(({ body }) => JSON.parse(body));

async function hangNow(): Promise<{ call: LiveCall; alertId: string }> {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const [row] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, call.callId));
  return { call, alertId: row?.id ?? "" };
}

async function act(alertId: string, kind: "acknowledge" | "resolve"): Promise<void> {
  await performAction(db, alertId, kind === "resolve" ? { kind, text: null } : { kind }, ana, by);
  await sendDue(db);
}

test("PagerDuty: an alert is triggered, acknowledged and resolved under one key; the integration key is not stored in plain text", async () => {
  await add(channels.pagerduty);
  const { call, alertId } = await hangNow();
  await act(alertId, "acknowledge");
  await call.starts("assistant", 2);
  const [trigger, ...rest] = bodies("/v2/enqueue");
  expect(trigger).toMatchObject({
    routing_key: key,
    event_action: "trigger",
    dedup_key: alertId,
    client: "Earshot",
    payload: {
      summary: "Call from •••03 is hanging",
      source: "localhost:3000",
      severity: "critical",
      class: "hang",
    },
    links: [{ href: `http://localhost:3000/calls/${call.callId}`, text: "Open in Earshot" }],
  });
  expect(rest).toEqual([
    { routing_key: key, event_action: "acknowledge", dedup_key: alertId },
    { routing_key: key, event_action: "resolve", dedup_key: alertId },
  ]);
  const [row] = await db.select().from(notificationChannels);
  expect(JSON.stringify(row)).not.toContain(key);
});

test("PagerDuty: a test notification triggers and resolves at once", async () => {
  const id = (await add(channels.pagerduty))?.id ?? "";
  const notificationId = await enqueueTest(db, id);
  await sendDue(db);
  expect(bodies("/v2/enqueue")).toMatchObject([
    { event_action: "trigger", dedup_key: notificationId },
    { event_action: "resolve", dedup_key: notificationId },
  ]);
});

test("Teams: an alert and its resolution are adaptive cards with a link; the signed URL is not stored in plain text", async () => {
  await add(channels.teams);
  const { call, alertId } = await hangNow();
  await act(alertId, "resolve");
  const cards = bodies("/teams").map(({ type, attachments: [attachment] }) => ({
    type,
    contentType: attachment.contentType,
    title: attachment.content.body[0].text,
    link: attachment.content.actions[0].url,
  }));
  const shared = {
    type: "message",
    contentType: "application/vnd.microsoft.card.adaptive",
    link: `http://localhost:3000/calls/${call.callId}`,
  };
  expect(cards).toEqual([
    { ...shared, title: "Call from •••03 is hanging" },
    { ...shared, title: "Resolved by Ana: Call from •••03 is hanging" },
  ]);
  const [row] = await db.select().from(notificationChannels);
  expect(JSON.stringify(row)).not.toContain("secret-part");
});

test("updates: each change of an alert is sent once, even when recorded twice at the same time", async () => {
  await add(channels.webhook);
  const { call, alertId } = await hangNow();
  await Promise.all([act(alertId, "acknowledge"), act(alertId, "acknowledge"), sendDue(db)]);
  await Promise.all([call.starts("assistant", 2), call.starts("assistant", 2)]);
  await sendDue(db);
  expect(bodies("/hook").map(({ type }) => type)).toEqual([
    "alert.opened",
    "alert.acknowledged",
    "alert.recovered",
  ]);
});

test("updates: a channel with updates turned off is notified only when an alert opens", async () => {
  const id = (await add(channels.webhook, { tellsUpdates: false }))?.id ?? "";
  const first = await hangNow();
  await first.call.starts("assistant", 2);
  expect(bodies("/hook").map(({ type }) => type)).toEqual(["alert.opened"]);
  await changeChannel(db, id, { tellsUpdates: true }, by);
  const second = await hangNow();
  await second.call.starts("assistant", 2);
  await sendDue(db);
  expect(bodies("/hook").map(({ type }) => type)).toEqual([
    "alert.opened",
    "alert.opened",
    "alert.recovered",
  ]);
});

test("updates: a channel that was not notified of an alert is not notified of its end", async () => {
  await add(channels.webhook, { afterMinutes: 10 });
  const { alertId } = await hangNow();
  await act(alertId, "resolve");
  await db
    .update(notifications)
    .set({ dueAt: new Date(0) })
    .where(eq(notifications.event, "opened"));
  await sendDue(db);
  await db
    .update(notifications)
    .set({ dueAt: new Date(0) })
    .where(eq(notifications.event, "resolved"));
  await sendDue(db);
  expect(outside.received).toEqual([]);
  expect((await db.select().from(notifications)).map(({ state }) => state)).toEqual(["skipped", "skipped"]);
});

test("updates: an alert's end is sent after its opening, even when the opening failed at first", async () => {
  await add(channels.pagerduty);
  answer = () => ({ status: 503 });
  const { call } = await hangNow();
  await call.starts("assistant", 2);
  answer = () => ({});
  outside.received.length = 0;
  for (let round = 0; round < 2; round += 1) {
    await db
      .update(notifications)
      .set({ dueAt: new Date(0) })
      .where(eq(notifications.state, "waiting"));
    await sendDue(db);
  }
  expect(bodies("/v2/enqueue").map(({ event_action }) => event_action)).toEqual(["trigger", "resolve"]);
});

test("updates: in quiet hours an alert's end is sent to PagerDuty but not to a webhook", async () => {
  const quietHours = { from: "00:00", to: "00:00", zone: "UTC" };
  await add(channels.webhook);
  await add(channels.pagerduty);
  const { call } = await hangNow();
  await db.update(notificationChannels).set({ quietHours });
  await call.starts("assistant", 2);
  await sendDue(db);
  expect(bodies("/hook").map(({ type }) => type)).toEqual(["alert.opened"]);
  expect(bodies("/v2/enqueue").map(({ event_action }) => event_action)).toEqual(["trigger", "resolve"]);
});
