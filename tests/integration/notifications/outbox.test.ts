import { eq, sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ActionRequest } from "@/lib/alerts/alert";
import type { LiveCall } from "@/tests/support/deliveries/live-call";
import { startSmtpSink } from "@/tests/support/servers/smtp-sink";
import { startReceiver } from "@/tests/support/servers/start-receiver";
import { killSender } from "@/tests/support/vitest/kill-sender";

/** One server for Slack and for a webhook; each test sets how it answers. */
let answer: () => { status?: number } | Promise<{ status?: number }> = () => ({});
const outside = await startReceiver(() => answer());
const mail = await startSmtpSink();
process.env.SLACK_WEBHOOK_URL = `${outside.url}/slack`;
process.env.SMTP_URL = mail.url;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts } = await import("@/db/schema/alerts");
const { notificationChannels } = await import("@/db/schema/alerts");
const { notifications } = await import("@/db/schema/alerts");
const { claimNotifications, settleNotification } = await import("@/db/queries/notifications/sending");
const { routedRequests } = await import("@/db/schema/routing");
const { performAction } = await import("@/lib/alerts/server/actions");
const { checkRouting } = await import("@/lib/routing/server/manage");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");

await withoutIncidents();

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const atOnce = { afterMinutes: 0, quietHours: null };
const hook = (
  settings: { afterMinutes?: number; quietHours?: { from: string; to: string; zone: string } | null } = {},
) =>
  createChannel(
    db,
    { kind: "webhook", name: "hook", url: `${outside.url}/hook`, ...atOnce, ...settings },
    by,
  );

afterEach(async () => {
  answer = () => ({});
  outside.received.length = 0;
  await db.delete(notificationChannels);
});

afterAll(async () => {
  await outside.stop();
  await mail.close();
});

async function hangNow() {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  return call;
}

const readOutbox = () => db.select().from(notifications).orderBy(notifications.createdAt);
/** Moves everything that waits closer by a number of minutes. */
const passTime = (minutes: number) =>
  db
    .update(notifications)
    .set({ dueAt: sql`${notifications.dueAt} - make_interval(mins => ${minutes})` })
    .where(eq(notifications.state, "waiting"));

describe("notifications: a new alert reaches", () => {
  test("Slack, with the caller masked and a link", async () => {
    await createChannel(db, { kind: "slack", name: "ops", url: null, ...atOnce }, by);
    const call = await hangNow();
    expect(outside.received).toHaveLength(1);
    const [{ path, body } = { path: "", body: "" }] = outside.received;
    expect(path).toBe("/slack");
    expect(JSON.parse(body).text).toMatch(/^Call from •••03 is hanging\. .* 3\d s so far$/);
    expect(body).toContain(`http://localhost:3000/calls/${call.callId}`);
    expect(body).not.toContain("0103");
    expect(await readOutbox()).toMatchObject([{ state: "sent", attempts: 1, failures: [] }]);
  });

  test("e-mail recipients, with the notification's ID as Message-ID", async () => {
    await createChannel(
      db,
      { kind: "email", name: "night", to: "a@example.com, b@example.com", ...atOnce },
      by,
    );
    const came = mail.nextMail();
    await hangNow();
    const [row] = await readOutbox();
    const letter = await came;
    expect(letter).toContain("To: a@example.com, b@example.com");
    expect(letter).toContain(`Message-ID: <${row?.id}@localhost>`);
  });

  test("a webhook, signed according to Standard Webhooks", async () => {
    const key = (await hook())?.key;
    const call = await hangNow();
    const { headers = {}, body = "" } = outside.received[0] ?? {};
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
    const signed = Object.fromEntries(names.map((name) => [name, String(Reflect.get(headers, name))]));
    const payload = new Webhook(key ?? "").verify(body, signed);
    expect(payload).toMatchObject({
      type: "alert.opened",
      data: { alert: { callId: call.callId, kind: "hang" } },
    });
    expect(signed["webhook-id"]).toBe((await readOutbox())[0]?.id);
    expect(() => new Webhook(key ?? "").verify(`${body} `, signed)).toThrow();
  });
});

describe("notifications: a slow-routing warning", () => {
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  const arrive = (answeredMs: number, count = 20) =>
    db.insert(routedRequests).values(
      Array.from({ length: count }, () => ({
        arrivedAt: new Date(),
        decidedMs: answeredMs,
        answeredMs,
        source: "fallback" as const,
      })),
    );

  afterEach(() => db.delete(routedRequests));

  test("reaches every channel once, and again two hours later while it lasts", async () => {
    await createChannel(db, { kind: "slack", name: "ops", url: null, ...atOnce }, by);
    const key = (await hook())?.key;
    await arrive(2_900);
    await Promise.all([checkRouting(db), checkRouting(db)]);
    await sendDue(db);
    await checkRouting(db);
    await sendDue(db);
    expect(outside.received.map(({ path }) => path).sort()).toEqual(["/hook", "/slack"]);
    const delivered = outside.received.find(({ path }) => path === "/hook");
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    const signed = Object.fromEntries(names.map((name) => [name, String(delivered?.headers[name])]));
    expect(new Webhook(key ?? "").verify(delivered?.body ?? "", signed)).toMatchObject({
      type: "routing.slow",
      data: { title: "Callers wait 2.9 s for call routing to answer", alert: null },
    });
    await checkRouting(db, hours(2));
    await passTime(120);
    await sendDue(db);
    expect(outside.received).toHaveLength(4);
  });

  test("is not sent while routing is fast, or when it is over before a channel's delay has passed", async () => {
    await hook({ afterMinutes: 5 });
    await arrive(300);
    await checkRouting(db);
    expect(await readOutbox()).toEqual([]);
    await arrive(2_900);
    await checkRouting(db);
    await db.delete(routedRequests);
    await passTime(5);
    await sendDue(db);
    expect(outside.received).toEqual([]);
    expect(await readOutbox()).toMatchObject([{ state: "skipped", reason: "Already over." }]);
  });
});

test("notifications: a repeated hang sends nothing", async () => {
  await hook();
  const call = await hangNow();
  await call.hangs(12);
  await call.hangs(10);
  expect(outside.received).toHaveLength(1);
});

describe("notifications: with several senders", () => {
  test("each notification is sent once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => hook()));
    await db.update(notificationChannels).set({ afterMinutes: 1 });
    for (let call = 0; call < 5; call += 1) await hangNow();
    await passTime(2);
    await Promise.all(Array.from({ length: 8 }, () => sendDue(db)));
    expect(outside.received).toHaveLength(30);
    expect(new Set(outside.received.map(({ headers }) => headers["webhook-id"])).size).toBe(30);
  });

  test("a killed sender's notification is sent by another under the same ID once the lease is over", async () => {
    await hook({ afterMinutes: 1 });
    await hangNow();
    await passTime(2);
    const arrived = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return new Promise(() => {}); // The sender is killed while it waits for the answer.
      };
    });
    await killSender("send-due-once.ts", arrived);
    answer = () => ({});

    await sendDue(db);
    expect(outside.received).toHaveLength(1);
    await passTime(2);
    await sendDue(db);
    expect(await readOutbox()).toMatchObject([{ state: "sent", attempts: 2 }]);
    const ids = outside.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([ids[0], ids[0]]);
  });
});

describe("notifications: a channel with a delay", () => {
  test("is notified of an unacknowledged alert after its delay, and not before", async () => {
    await hook({ afterMinutes: 5 });
    await hangNow();
    await passTime(4);
    await sendDue(db);
    expect(outside.received).toHaveLength(0);
    await passTime(1);
    await sendDue(db);
    expect(outside.received).toHaveLength(1);
  });

  const amy = { id: "amy", name: "Amy" };
  /** Amy's action on the call's alert. */
  async function act(call: LiveCall, request: ActionRequest): Promise<void> {
    const [alert] = await db.select().from(alerts).where(eq(alerts.callId, call.callId));
    expect(await performAction(db, alert?.id ?? "", request, amy, by)).toMatchObject({ outcome: "done" });
  }

  test.each<[string, (call: LiveCall) => Promise<unknown>, string]>([
    ["somebody has acknowledged it", (call) => act(call, { kind: "acknowledge" }), "Amy acknowledged it."],
    ["it has recovered", (call) => call.starts("assistant", 5), "Already over."],
    ["its call is over", (call) => call.ended(5), "Already over."],
    ["it is resolved", (call) => act(call, { kind: "resolve", text: null }), "Amy resolved it."],
  ])("is not notified when %s", async (_, happen, reason) => {
    await hook({ afterMinutes: 5 });
    const call = await hangNow();
    await happen(call);
    await passTime(5);
    await sendDue(db);
    expect(outside.received).toHaveLength(0);
    expect(await readOutbox()).toMatchObject([{ state: "skipped", reason, attempts: 0 }]);
  });

  test("is not notified while the alert is snoozed, but afterwards", async () => {
    await hook({ afterMinutes: 5 });
    const call = await hangNow();
    await act(call, { kind: "snooze", minutes: 10 });
    const [alert] = await db.select().from(alerts).where(eq(alerts.callId, call.callId));
    await passTime(5);
    await sendDue(db);
    expect(await readOutbox()).toMatchObject([{ state: "waiting", dueAt: alert?.snoozedUntil, attempts: 0 }]);
    await act(call, { kind: "snooze", minutes: 0 });
    await passTime(10);
    await sendDue(db);
    expect(await readOutbox()).toMatchObject([{ state: "sent" }]);
    expect(outside.received).toHaveLength(1);
  });
});

test("notifications: a postponed one is not due at once, even if this process's clock is behind the database's", async () => {
  await hook({ afterMinutes: 5 });
  await hangNow();
  await passTime(5);
  const [claimed] = await claimNotifications(db);
  const row = claimed?.notification ?? fail();
  await settleNotification(db, row, { came: "postponed", until: new Date(Date.now() - 60_000) });
  expect(await claimNotifications(db)).toEqual([]);
  expect(await readOutbox()).toMatchObject([{ state: "waiting", attempts: 0 }]);
});

test("notifications: a channel gets nothing in quiet hours, and nothing afterwards about an alert already over", async () => {
  const hour = new Date().getUTCHours();
  const two = (value: number) => String(value % 24).padStart(2, "0");
  await hook({ quietHours: { from: `${two(hour)}:00`, to: `${two(hour + 2)}:00`, zone: "UTC" } });
  const call = await hangNow();
  expect(outside.received).toHaveLength(0);
  const [row] = await readOutbox();
  expect(row?.state).toBe("waiting");
  expect(row?.dueAt.toISOString()).toMatch(new RegExp(`T${two(hour + 2)}:00:00.000Z$`));
  await call.ended(9);
  await db
    .update(alerts)
    .set({ openedAt: call.secondsAgo(900) })
    .where(eq(alerts.callId, call.callId));
  await passTime(180);
  await sendDue(db);
  expect(await readOutbox()).toMatchObject([{ state: "skipped", reason: "Already over." }]);
});

function fail(): never {
  throw new Error("the test has no such notification");
}
