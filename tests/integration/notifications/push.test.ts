import { createPublicKey, randomUUID, verify } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import { send } from "@/tests/support/people/send";
import { startPushService } from "@/tests/support/servers/push-service";

const { host, taken, status, browser, close } = await startPushService();
process.env.OUTGOING_ALLOWED_HOSTS = host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { notificationChannels, notifications, pushSubscriptions } = await import("@/db/schema/alerts");
const { findRecipients } = await import("@/db/queries/notifications/recipients");
const { sessions } = await import("@/db/schema/auth");
const { changeIssue } = await import("@/lib/issues/server/issues");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { issueCreated } = await import("@/tests/fixtures/issue-created");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { tester } = await import("@/tests/support/makers/make-credential");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { signedIn } = await import("@/tests/support/people/people");
const { GET, PUT } = await import("@/app/api/push-subscriptions/route");
const { DELETE } = await import("@/app/api/push-subscriptions/[subscriptionId]/route");
const { POST: authenticate } = await import("@/app/api/auth/[...all]/route");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");

await withoutIncidents();

afterEach(async () => {
  taken.length = 0;
  status.clear();
  await db.delete(pushSubscriptions);
  await db.delete(notificationChannels);
});

afterAll(close);

type Phone = ReturnType<typeof browser>;

async function turnOn(cookie: string, { subscription }: Phone): Promise<string> {
  const answer = await PUT(send("/api/push-subscriptions", { method: "PUT", cookie, json: subscription }));
  expect(answer.status).toBe(200);
  return (await answer.json()).id;
}

async function hangNow() {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  return call;
}

/** Lets the time of every waiting notification come now. */
async function sendWaiting(): Promise<void> {
  await db.update(notifications).set({ dueAt: sql`now()` }).where(eq(notifications.state, "waiting"));
  await sendDue(db);
}

test("push: a subscribed device gets an alert encrypted for it, with the caller masked", async () => {
  const { cookie } = await signedIn("operator");
  const phone = browser("/phone");
  await turnOn(cookie, phone);
  const call = await hangNow();
  expect(taken).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = taken;
  expect(phone.read(body)).toEqual({
    title: "Call from •••03 is hanging",
    body: expect.stringContaining("so far"),
    url: `http://localhost:3000/calls/${call.callId}`,
    tag: expect.stringContaining(call.callId),
    isOver: false,
  });
  expect(headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high", ttl: "900" });
});

test("push: a device is notified when a Vapi monitoring issue opens and when it is resolved", async () => {
  const { cookie } = await signedIn("operator");
  const phone = browser("/phone");
  await turnOn(cookie, phone);
  await db.update(notificationChannels).set({ tellsUpdates: true });
  const id = randomUUID();
  const now = new Date().toISOString();
  await deliver(issueCreated({ id, callsCount: 12, totalCalls: 150, createdAt: now, updatedAt: now }));
  await changeIssue(db, id, "resolve", "Ana", tester);
  await sendDue(db);
  const url = "http://localhost:3000/alerts";
  expect(taken.map(({ body }) => phone.read(body))).toEqual([
    {
      title: "Vapi issue: Error rate",
      body: expect.stringContaining("12 of 150 calls"),
      url,
      tag: id,
      isOver: false,
    },
    {
      title: "Resolved by Ana: Vapi issue: Error rate",
      body: expect.stringContaining("12 of 150 calls"),
      url,
      tag: id,
      isOver: true,
    },
  ]);
});

test("push: the sender's signature verifies with the key browsers subscribe with", async () => {
  const { cookie } = await signedIn("viewer");
  await turnOn(cookie, browser("/phone"));
  await hangNow();
  const { publicKey } = await (await GET(send("/api/push-subscriptions", { cookie }))).json();
  const [, token = "", key] = /^vapid t=([^,]+), k=(.+)$/.exec(String(taken[0]?.headers.authorization)) ?? [];
  expect(key).toBe(publicKey);
  const point = Buffer.from(publicKey, "base64url");
  const [x, y] = [point.subarray(1, 33).toString("base64url"), point.subarray(33).toString("base64url")];
  const senderKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const [header = "", payload = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${header}.${payload}`);
  const by = { key: senderKey, dsaEncoding: "ieee-p1363" } as const;
  expect(verify("sha256", signed, by, Buffer.from(signature, "base64url"))).toBe(true);
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
    aud: `http://${host}`,
  });
});

test("push: a device that no longer exists is removed, and other devices are still notified", async () => {
  const { cookie } = await signedIn("operator");
  await turnOn(cookie, browser("/gone"));
  await turnOn(cookie, browser("/there"));
  status.set("/gone", 410);
  await hangNow();
  await hangNow();
  expect(taken.map(({ path }) => path).sort()).toEqual(["/gone", "/there", "/there"]);
});

test("push: a device is no longer notified after sign-out or expiry, a block or after its owner turns push off", async () => {
  const [leaving, away, blocked, tired] = [
    await signedIn("operator"),
    await signedIn("operator"),
    await signedIn("admin"),
    await signedIn("viewer"),
  ];
  await turnOn(leaving.cookie, browser("/leaving"));
  await turnOn(away.cookie, browser("/away"));
  await turnOn(blocked.cookie, browser("/blocked"));
  const id = await turnOn(tired.cookie, browser("/tired"));
  await authenticate(send("/api/auth/sign-out", { method: "POST", cookie: leaving.cookie, json: {} }));
  const { changePerson } = await import("@/db/queries/auth/people");
  await changePerson(db, blocked.id, { banned: true });
  await db.update(sessions).set({ expiresAt: sql`now()` }).where(eq(sessions.userId, away.id));
  const off = (cookie: string) =>
    DELETE(send(`/api/push-subscriptions/${id}`, { method: "DELETE", cookie }), {
      params: Promise.resolve({ subscriptionId: id }),
    });
  const other = await signedIn("admin");
  expect((await off(other.cookie)).status).toBe(404);
  expect((await off(tired.cookie)).status).toBe(204);
  const listed = await findRecipients(db, { channelIds: [], userIds: [away.id] }, true);
  expect(listed.map(({ via }) => via)).toEqual(["email"]);
  await hangNow();
  expect(taken).toEqual([]);
});

test("push: a device that subscribes twice is notified once, and all devices share one channel", async () => {
  const { cookie } = await signedIn("operator");
  const phone = browser("/phone");
  const ids = await Promise.all([
    turnOn(cookie, phone),
    turnOn(cookie, phone),
    turnOn(cookie, browser("/desk")),
  ]);
  expect(new Set(ids).size).toBe(2);
  expect(await db.select().from(notificationChannels)).toMatchObject([{ kind: "push", isEnabled: true }]);
  await hangNow();
  expect(taken.map(({ path }) => path).sort()).toEqual(["/desk", "/phone"]);
});

test("push: one session keeps its ten newest subscriptions", async () => {
  const { cookie } = await signedIn("viewer");
  for (let n = 0; n < 12; n += 1) await turnOn(cookie, browser(`/device-${n}`));
  await hangNow();
  const newest = Array.from({ length: 10 }, (_, n) => `/device-${n + 2}`);
  expect(taken.map(({ path }) => path).sort()).toEqual(newest.sort());
});

test("push: an alert that failed on every device is sent to all of them again", async () => {
  const { cookie } = await signedIn("operator");
  const phone = browser("/phone");
  await turnOn(cookie, phone);
  await turnOn(cookie, browser("/desk"));
  status.set("/phone", 503).set("/desk", 503);
  const { callId } = await hangNow();
  expect(await db.select().from(notifications)).toMatchObject([
    { state: "waiting", attempts: 1, failures: [{ why: "The server answered 503." }] },
  ]);
  const refused = taken.splice(0);
  expect(refused.map(({ path }) => path).sort()).toEqual(["/desk", "/phone"]);
  status.clear();
  await sendWaiting();
  expect(taken.map(({ path }) => path).sort()).toEqual(["/desk", "/phone"]);
  // The same tag, so that the second push replaces the first where both arrived.
  for (const pushes of [refused, taken]) {
    const { body = Buffer.alloc(0) } = pushes.find(({ path }) => path === "/phone") ?? {};
    expect(phone.read(body)).toMatchObject({ tag: expect.stringContaining(callId) });
  }
  expect(await db.select().from(notifications)).toMatchObject([
    { state: "sent", attempts: 2, failures: [{}] },
  ]);
});

test("push: an alert that failed on one device only is not sent again, so the other is not notified twice", async () => {
  const { cookie } = await signedIn("operator");
  await turnOn(cookie, browser("/phone"));
  await turnOn(cookie, browser("/desk"));
  status.set("/phone", 503);
  await hangNow();
  await sendWaiting();
  expect(taken.map(({ path }) => path).sort()).toEqual(["/desk", "/phone"]);
  expect(await db.select().from(notifications)).toMatchObject([{ state: "sent", attempts: 1 }]);
});

test("push: an internal network address is not requested, and a second push channel cannot be created", async () => {
  const { cookie } = await signedIn("viewer");
  const { subscription } = browser("/x");
  const inside = { ...subscription, endpoint: "https://169.254.169.254/latest" };
  await turnOn(cookie, { ...browser("/x"), subscription: inside });
  await hangNow();
  const [row] = await db.select().from(notifications);
  expect(row).toMatchObject({ state: "waiting" });
  expect(JSON.stringify(row?.failures)).toContain("not on the public internet");
  await expect(
    createChannel(
      db,
      { kind: "push", name: "again", afterMinutes: 0, quietHours: null },
      { actor: { kind: "system", name: "tests" }, ip: null },
    ),
  ).resolves.toBeNull();
});
