import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import type { NewChannel } from "@/lib/notifications/channel";
import { startNotificationApis } from "@/tests/support/servers/notification-apis";

const token = "xoxb-0123456789-made-up";
const outside = await startNotificationApis({ slackToken: token });
process.env.SLACK_API_URL = `${outside.url}/api/`;
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts, escalationPolicies, notificationChannels, notifications } = await import(
  "@/db/schema/alerts"
);
const { performAction } = await import("@/lib/alerts/server/actions");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { createPolicy, escalateDue } = await import("@/lib/notifications/server/escalate");
const { enqueueTest } = await import("@/db/queries/notifications/outbox");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");

await withoutIncidents();

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const ana = { id: "ana", name: "Ana" };
const settings = { afterMinutes: 0, quietHours: null };
const slackApp = { kind: "slack-app", name: "ops", token, conversation: "C0123456789" } as const;

afterEach(async () => {
  outside.received.length = 0;
  outside.refused.length = 0;
  outside.answerUpdates(null);
  await db.delete(escalationPolicies);
  await db.delete(notificationChannels);
});

afterAll(() => outside.stop());

const add = async (channel: object) =>
  (await createChannel(db, { ...settings, ...channel } as NewChannel, by))?.id ?? "";

/** Opens an alert and returns its id. */
async function openAlert(): Promise<string> {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const [row] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, call.callId));
  return row?.id ?? "";
}

/** An alert that opens, is escalated, acknowledged and resolved. */
async function wholeLife(channelId: string): Promise<string> {
  const repeat = null;
  await createPolicy(
    db,
    {
      name: "on call",
      isEnabled: true,
      subjects: ["hang"],
      hours: null,
      steps: [{ afterMinutes: 5, channelIds: [channelId], userIds: [], repeat }],
    },
    by,
  );
  const alertId = await openAlert();
  await escalateDue(db, new Date(Date.now() + 6 * 60_000));
  await performAction(db, alertId, { kind: "acknowledge" }, ana, by);
  await sendDue(db);
  await performAction(db, alertId, { kind: "resolve", text: null }, ana, by);
  await sendDue(db);
  return alertId;
}

const sent = () => outside.received.map(({ path, body }) => ({ path, ...JSON.parse(body) }));

test("Slack (threads): an alert's updates edit and reply to its first message; the token is not stored in plain text", async () => {
  const ts = outside.nextSlackTs();
  await wholeLife(await add(slackApp));
  expect(outside.refused).toEqual([]);
  const seen = sent().map(({ path, text, thread_ts, ts, reply_broadcast }) => [
    path.replace("/api/chat.", ""),
    text.slice(0, text.indexOf(": ")),
    thread_ts ?? ts ?? null,
    reply_broadcast ?? null,
  ]);
  expect(seen).toEqual([
    ["postMessage", expect.any(String), null, null],
    ["update", "Escalated", ts, null],
    ["postMessage", "Escalated", ts, true],
    ["update", "Acknowledged by Ana", ts, null],
    ["postMessage", "Acknowledged by Ana", ts, false],
    ["update", "Resolved by Ana", ts, null],
    ["postMessage", "Resolved by Ana", ts, false],
  ]);
  const [row] = await db.select().from(notificationChannels);
  expect(JSON.stringify(row)).not.toContain(token);
});

test.each([
  ["is refused by Slack", { body: { ok: false, error: "message_not_found" } }],
  ["fails for the moment", { status: 503 }],
])("Slack (threads): an update whose edit %s is posted once", async (_, answer) => {
  await add(slackApp);
  const alertId = await openAlert();
  outside.answerUpdates(answer);
  await performAction(db, alertId, { kind: "acknowledge" }, ana, by);
  await sendDue(db);
  outside.answerUpdates(null);
  await db.update(notifications).set({ dueAt: sql`now()` }).where(eq(notifications.state, "waiting"));
  await sendDue(db);
  const posts = sent().filter(({ path }) => path === "/api/chat.postMessage");
  expect(posts.map(({ text }) => text)).toEqual([
    expect.any(String),
    expect.stringMatching(/^Acknowledged by Ana/),
  ]);
  expect(await db.select({ state: notifications.state }).from(notifications)).toEqual([
    { state: "sent" },
    { state: "sent" },
  ]);
});

test("Slack (threads): two alerts get two threads", async () => {
  await add(slackApp);
  for (const _ of [1, 2]) {
    const call = startLiveCall();
    await call.answered(30);
    await call.hangs(12);
    await call.starts("assistant", 2);
  }
  await sendDue(db);
  const threads = sent().flatMap(({ thread_ts }) => thread_ts ?? []);
  expect(threads).toHaveLength(2);
  expect(new Set(threads).size).toBe(2);
});

test("Slack (threads): a rejection is recorded with Slack's own error code and without the token", async () => {
  const id = await add({ ...slackApp, token: "xoxb-9999999999-wrong" });
  const testId = await enqueueTest(db, id);
  await sendDue(db);
  const [row] = await db
    .select()
    .from(notifications)
    .where(eq(notifications.id, testId ?? ""));
  expect(row).toMatchObject({
    state: "failed",
    failures: [{ why: "Slack rejected it: invalid_auth." }],
  });
});

test("PagerDuty: an alert's triggers, acknowledgement and resolution are valid for Events API v2 and share one key", async () => {
  const key = "0123456789abcdef0123456789ABCDEF";
  const alertId = await wholeLife(await add({ kind: "pagerduty", name: "pager", key }));
  expect(outside.refused).toEqual([]);
  expect(sent().map(({ event_action, dedup_key }) => [event_action, dedup_key])).toEqual([
    ["trigger", alertId],
    ["trigger", alertId],
    ["acknowledge", alertId],
    ["resolve", alertId],
  ]);
});

test("Teams: an alert's opening, escalation, acknowledgement and resolution are cards a workflow webhook accepts", async () => {
  const url = `${outside.url}/workflows/ops?sig=secret-part`;
  await wholeLife(await add({ kind: "teams", name: "ops", url, tellsUpdates: true }));
  expect(outside.refused).toEqual([]);
  const titles = sent().map(({ attachments: [{ content }] }) => content.body[0].text);
  expect(titles).toEqual([
    "Call from •••03 is hanging",
    "Escalated: Call from •••03 is hanging",
    "Acknowledged by Ana: Call from •••03 is hanging",
    "Resolved by Ana: Call from •••03 is hanging",
  ]);
});
