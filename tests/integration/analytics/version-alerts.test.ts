import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { versionCalls } from "@/tests/support/makers/version-calls";
import { startNotificationApis } from "@/tests/support/servers/notification-apis";
import { settled } from "@/tests/support/vitest/after";

const outside = await startNotificationApis({ slackToken: "xoxb-0123456789-made-up" });
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { POST: act } = await import("@/app/api/analytics/version-alerts/[versionAlertId]/[action]/route");
const { GET: list } = await import("@/app/api/analytics/version-alerts/route");
const { db } = await import("@/db/client");
const { scrubVersionNotes } = await import("@/db/queries/analytics/version-alerts");
const { escalationPolicies, escalations, notificationChannels } = await import("@/db/schema/alerts");
const { callFigures, versionAlertActs, versionAlerts } = await import("@/db/schema/analytics");
const { auditLog } = await import("@/db/schema/auth");
const { checkVersions } = await import("@/lib/analytics/server/versions");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { createPolicy, escalateDue } = await import("@/lib/notifications/server/escalate");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { tester } = await import("@/tests/support/makers/make-credential");
const { addFigures, saveFigures } = await import("@/tests/support/makers/save-figures");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");
const { collectPushes, join } = await import("@/tests/support/servers/collect-pushes");
const { connectClient } = await import("@/tests/support/servers/pusher-clients");
const { testPusher } = await import("@/tests/support/servers/test-pusher");
const { boardChannel } = await import("@/lib/realtime/push");

const [viewer, operator, colleague] = await Promise.all([
  signedIn("viewer"),
  signedIn("operator"),
  signedIn("operator"),
]);
const now = new Date();
const callsOf = versionCalls(now);
const worse = [...callsOf("v7", 400, 200, 40), ...callsOf("v8", 150, 0, 8)];

const channel = { name: "Ops", afterMinutes: 0, quietHours: null, tellsUpdates: true } as const;
const pagerDutyKey = "0123456789abcdef0123456789abcdef";

beforeEach(async () => {
  outside.received.length = 0;
  await db.delete(versionAlerts);
  await db.delete(notificationChannels);
  await db.delete(escalationPolicies);
  await createChannel(db, { ...channel, kind: "webhook", url: `${outside.url}/hook` }, tester);
  await createChannel(db, { ...channel, kind: "pagerduty", key: pagerDutyKey }, tester);
  await saveFigures(worse);
  await checkVersions(db, now);
  await sendDue(db);
});

afterAll(() => outside.stop());

const bodies = (path: string) =>
  outside.received.filter((each) => each.path === path).map(({ body }) => JSON.parse(body));
const sentTypes = () => bodies("/hook").map(({ type }) => type);
const pages = () => bodies("/v2/enqueue").map(({ event_action }) => event_action);

/** Lets the previous version take the calls again, for more than an hour. */
async function goBack(): Promise<void> {
  await db
    .update(callFigures)
    .set({ at: sql`at - interval '70 minutes'` })
    .where(eq(callFigures.version, "v8"));
  await addFigures(callsOf("v7", 30, 0));
}

async function listed(who = operator, question = "") {
  const response = await list(send(`/api/analytics/version-alerts${question}`, { cookie: who.cookie }));
  return (await response.json()).alerts;
}

async function ask(kind: string, json: object = {}, who = operator, id?: string) {
  const versionAlertId = id ?? (await db.select({ id: versionAlerts.id }).from(versionAlerts))[0]?.id ?? "";
  const response = await act(
    send(`/api/analytics/version-alerts/${versionAlertId}/${kind}`, {
      method: "POST",
      cookie: who.cookie,
      json,
    }),
    { params: Promise.resolve({ versionAlertId, action: kind }) },
  );
  await settled();
  return { status: response.status, body: await response.json() };
}

const acknowledgements = () =>
  db.select().from(auditLog).where(eq(auditLog.action, "version-alert.acknowledged")).orderBy(auditLog.id);

test("version alerts: when two people acknowledge at once, one succeeds and each channel is notified once", async () => {
  const before = await acknowledgements();
  const answers = await Promise.all([ask("acknowledge"), ask("acknowledge", {}, colleague)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(await ask("acknowledge")).toMatchObject({
    status: 409,
    body: { detail: "operator already acknowledged this alert." },
  });
  expect(await listed()).toMatchObject([
    {
      version: "v8",
      state: "acknowledged",
      outcome: "open",
      acts: { acknowledged: { by: { name: "operator" } } },
    },
  ]);
  expect(sentTypes()).toEqual(["version.worse", "version.acknowledged"]);
  expect(bodies("/hook")[1].data).toMatchObject({
    title: expect.stringMatching(/^Acknowledged by operator: Front desk v8 is worse: hang rate/),
    version: { version: "v8", state: "acknowledged" },
  });
  expect(pages()).toEqual(["trigger", "acknowledge"]);
  expect(new Set(bodies("/v2/enqueue").map(({ dedup_key }) => dedup_key)).size).toBe(1);
  expect((await acknowledgements()).slice(before.length)).toMatchObject([{ target: "Front desk v8" }]);
});

test("version alerts: a resolved alert leaves the list, closes later, and sends no recovery notification", async () => {
  expect(await ask("resolve", { text: "Rolled back to v7." })).toMatchObject({
    status: 200,
    body: { alert: { state: "resolved", acts: { resolved: { by: { name: "operator" } } } } },
  });
  expect(await listed()).toEqual([]);
  expect((await ask("resolve")).status).toBe(409);
  expect((await ask("assign", { to: operator.id, from: null })).status).toBe(409);
  await goBack();
  await checkVersions(db, now);
  await sendDue(db);
  expect(await db.select().from(versionAlerts)).toMatchObject([{ closedBecause: "gone" }]);
  expect(sentTypes()).toEqual(["version.worse", "version.resolved"]);
  expect(pages()).toEqual(["trigger", "resolve"]);
});

test("version alerts: past alerts are listed by page with their actions, and viewers get no note text", async () => {
  expect(await listed(operator, "?state=past")).toEqual([]);
  await ask("note", { text: "Nadia was cut off twice." });
  await ask("resolve", { text: "Rolled back to v7." });
  const older = {
    assistant: "desk",
    version: "v5",
    baseline: "v4",
    metrics: [],
    calls: { baseline: 400, version: 150 },
  };
  await db.insert(versionAlerts).values({
    ...older,
    openedAt: new Date(now.getTime() - 86_400_000),
    closedAt: now,
    closedBecause: "gone",
  });
  const page = async (question: string) =>
    (
      await list(send(`/api/analytics/version-alerts?state=past${question}`, { cookie: operator.cookie }))
    ).json();
  const first = await page("&limit=1");
  expect(first.alerts).toMatchObject([
    {
      version: "v8",
      state: "resolved",
      acts: {
        resolved: { by: { name: "operator" } },
        log: [{ kind: "note" }, { kind: "resolve", text: "Rolled back to v7." }],
      },
    },
  ]);
  expect(await page(`&limit=1&cursor=${first.nextCursor}`)).toMatchObject({
    alerts: [{ version: "v5", state: "recovered", closedBecause: "gone" }],
    nextCursor: null,
  });
  expect(JSON.stringify(await listed(viewer, "?state=past"))).not.toContain("Nadia");
  expect(await listed()).toEqual([]);
});

test("version alerts: an alert recovers when its version takes no more calls, and the notification gives that reason", async () => {
  await goBack();
  await Promise.all([checkVersions(db, now), checkVersions(db, now)]);
  await sendDue(db);
  expect(sentTypes()).toEqual(["version.worse", "version.recovered"]);
  expect(bodies("/hook")[1].data.detail).toBe(
    "150 calls, compared with 400 of v7. It no longer takes calls.",
  );
  expect(pages()).toEqual(["trigger", "resolve"]);
});

test("version alerts: assignments, snoozes and notes work as for other alerts and share one log", async () => {
  expect((await ask("assign", { to: colleague.id, from: null })).status).toBe(200);
  expect((await ask("assign", { to: operator.id, from: null })).body.detail).toBe(
    "It is now assigned to operator.",
  );
  expect((await ask("assign", { to: viewer.id, from: colleague.id })).status).toBe(422);
  expect((await ask("snooze", { minutes: 15 })).status).toBe(200);
  expect((await ask("note", { text: "Asked Nadia." })).status).toBe(200);
  const [alert] = await listed();
  expect(alert).toMatchObject({ state: "snoozed", acts: { assignee: { id: colleague.id }, version: 3 } });
  expect(alert.acts.log.map(({ kind }: { kind: string }) => kind)).toEqual(["assign", "snooze", "note"]);
  expect(sentTypes()).toEqual(["version.worse"]);
});

test("version alerts: viewers see that a note exists but not its text, and cannot acknowledge", async () => {
  await ask("note", { text: "Nadia was cut off twice." });
  expect((await listed())[0].acts.log[0].text).toBe("Nadia was cut off twice.");
  expect((await listed(viewer))[0].acts.log).toMatchObject([{ kind: "note", text: null }]);
  expect((await ask("acknowledge", {}, viewer)).status).toBe(403);
  expect((await listed())[0].acts.acknowledged).toBeNull();
});

test("version alerts: unknown alerts and actions are rejected with 404, invalid bodies with 422", async () => {
  expect((await ask("acknowledge", {}, operator, randomUUID())).status).toBe(404);
  expect((await ask("acknowledge", {}, operator, "v8")).status).toBe(404);
  expect((await ask("forget")).status).toBe(404);
  expect((await ask("note")).status).toBe(422);
  expect((await ask("snooze", { minutes: -1 })).status).toBe(422);
});

test("version alerts: an action on an alert makes an open board refetch", async () => {
  const client = await connectClient(testPusher.port);
  const pushes = collectPushes(await join(client, boardChannel));
  const { body } = await ask("acknowledge");
  await expect.poll(() => pushes).toContainEqual({ kind: "stale", callId: body.alert.id });
});

test("version alerts: an unacknowledged alert is escalated until it is acknowledged", async () => {
  await db.delete(versionAlerts);
  const [hook] = await db.select().from(notificationChannels).where(eq(notificationChannels.kind, "webhook"));
  const step = {
    afterMinutes: 5,
    channelIds: [hook?.id ?? ""],
    userIds: [],
    repeat: { everyMinutes: 5, times: 3 },
  };
  const policy = {
    name: "On call",
    isEnabled: true,
    subjects: ["version" as const],
    hours: null,
    steps: [step],
  };
  await createPolicy(db, policy, tester);
  await checkVersions(db, now);
  await sendDue(db);
  outside.received.length = 0;
  await escalateDue(db, new Date(now.getTime() + 6 * 60_000));
  expect(sentTypes()).toEqual(["version.escalated"]);
  await ask("acknowledge");
  await escalateDue(db, new Date(now.getTime() + 12 * 60_000));
  expect(sentTypes()).toEqual(["version.escalated", "version.acknowledged"]);
  expect(await db.select().from(escalations)).toMatchObject([
    { reason: "operator acknowledged it.", endedAt: expect.any(Date) },
  ]);
});

test("version alerts: note texts are deleted with the calls of the version", async () => {
  await ask("note", { text: "Nadia was cut off twice." });
  const [kept, taken] = await saveFigures([...callsOf("v7", 1, 5), ...callsOf("v8", 1, 0)]);
  await scrubVersionNotes(db, [kept?.callId ?? ""]);
  expect(await db.select().from(versionAlertActs)).toMatchObject([{ text: "Nadia was cut off twice." }]);
  await scrubVersionNotes(db, [taken?.callId ?? ""]);
  expect(await db.select().from(versionAlertActs)).toMatchObject([{ kind: "note", text: null }]);
});
