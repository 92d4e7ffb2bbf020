import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import { startPushService } from "@/tests/support/servers/push-service";
import { startSmtpSink } from "@/tests/support/servers/smtp-sink";

const mail = await startSmtpSink();
const pushes = await startPushService();
process.env.SMTP_URL = mail.url;
process.env.OUTGOING_ALLOWED_HOSTS = pushes.host;

// Imported after the environment is set, because modules read it when loaded.
const { POST: addPolicy } = await import("@/app/api/escalation-policies/route");
const { PATCH: patchPolicy } = await import("@/app/api/escalation-policies/[policyId]/route");
const { GET: listSent } = await import("@/app/api/notifications/route");
const { PUT: turnPushOn } = await import("@/app/api/push-subscriptions/route");
const { db } = await import("@/db/client");
const { alerts, escalationPolicies, notificationChannels, notifications } = await import(
  "@/db/schema/alerts"
);
const { users } = await import("@/db/schema/auth");
const { performAction } = await import("@/lib/alerts/server/actions");
const { escalateDue } = await import("@/lib/notifications/server/escalate");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");
const { tester } = await import("@/tests/support/makers/make-credential");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

await withoutIncidents();
const admin = await signedIn("admin");

afterEach(async () => {
  await db.delete(escalationPolicies);
  await db.delete(notifications);
  // The team's push channel, created with the first device, would be sent every alert itself.
  await db.delete(notificationChannels);
  pushes.taken.length = 0;
});

afterAll(async () => {
  await mail.close();
  pushes.close();
});

const policyFor = (userIds: string[]) => ({
  name: "On call",
  subjects: ["hang"],
  steps: [{ afterMinutes: 5, userIds, repeat: { everyMinutes: 10, times: 3 } }],
});

async function add(userIds: string[]) {
  const response = await addPolicy(
    send("/api/escalation-policies", { method: "POST", cookie: admin.cookie, json: policyFor(userIds) }),
  );
  return { status: response.status, body: await response.json() };
}

/** Adds a person's phone with push on, and removes the team's push channel. */
async function addPhone(cookie: string, path: string) {
  const phone = pushes.browser(path);
  const json = phone.subscription;
  expect((await turnPushOn(send("/api/push-subscriptions", { method: "PUT", cookie, json }))).status).toBe(
    200,
  );
  await db.delete(notificationChannels);
  return phone;
}

async function hangNow() {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const [row] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, call.callId));
  return { call, alertId: row?.id ?? "" };
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function log() {
  const response = await listSent(send("/api/notifications", { cookie: admin.cookie }));
  const { notifications: rows } = await response.json();
  return rows as { channel: object; userId: string; event: string; state: string; reason: string | null }[];
}

const sentTo = async (userId: string) =>
  (await log())
    .filter((row) => row.userId === userId)
    .map(({ channel, event, state, reason }) => ({ channel, event, state, reason }));

test("escalation: a person in a step gets escalation and acknowledgement by e-mail and on their own devices", async () => {
  const [ana, ben] = [await signedIn("operator"), await signedIn("operator")];
  const phone = await addPhone(ana.cookie, "/ana");
  await addPhone(ben.cookie, "/ben");
  expect(await add([ana.id])).toMatchObject({
    status: 201,
    body: { steps: [{ afterMinutes: 5, channelIds: [], userIds: [ana.id] }] },
  });
  const { alertId } = await hangNow();
  await escalateDue(db, inMinutes(4));
  expect([mail.count(ana.email), pushes.taken.length]).toEqual([0, 0]);
  await Promise.all([escalateDue(db, inMinutes(6)), escalateDue(db, inMinutes(6))]);
  expect(await mail.nextMail(ana.email)).toContain("\nEscalated: Call from");
  expect(pushes.taken.map(({ path }) => path)).toEqual(["/ana"]);
  expect(phone.read(pushes.taken[0]?.body ?? Buffer.alloc(0))).toMatchObject({
    title: expect.stringMatching(/^Escalated: Call from •••\d\d is hanging$/),
    isOver: false,
  });
  await performAction(db, alertId, { kind: "acknowledge" }, { id: ben.id, name: "Ben" }, tester);
  await sendDue(db);
  expect(await mail.nextMail(ana.email)).toContain("Acknowledged by Ben: Call from");
  await escalateDue(db, inMinutes(20));
  expect([mail.count(ana.email), mail.count(ben.email)]).toEqual([2, 0]);
  expect(pushes.taken.map(({ path }) => path)).toEqual(["/ana", "/ana"]);
  const email = { id: null, kind: "email", name: "operator" };
  const push = { ...email, kind: "push" };
  const sent = await sentTo(ana.id);
  expect(sent).toHaveLength(4);
  for (const channel of [email, push])
    for (const event of ["escalated", "acknowledged"])
      expect(sent).toContainEqual({ channel, event, state: "sent", reason: null });
  expect(await sentTo(ben.id)).toEqual([]);
});

test("escalation: a blocked or demoted person gets no notification, and the log gives the reason", async () => {
  const [blocked, demoted, able] = [
    await signedIn("operator"),
    await signedIn("operator"),
    await signedIn("admin"),
  ];
  await add([blocked.id, demoted.id, able.id]);
  await hangNow();
  await db.update(users).set({ banned: true }).where(eq(users.id, blocked.id));
  await db.update(users).set({ role: "viewer" }).where(eq(users.id, demoted.id));
  await escalateDue(db, inMinutes(6));
  await mail.nextMail(able.email);
  expect([blocked, demoted, able].map(({ email }) => mail.count(email))).toEqual([0, 0, 1]);
  expect(await sentTo(blocked.id)).toMatchObject([{ state: "skipped", reason: "operator is blocked." }]);
  expect(await sentTo(demoted.id)).toMatchObject([
    { state: "skipped", reason: "operator may no longer act on alerts." },
  ]);
  await db.update(users).set({ banned: false }).where(eq(users.id, blocked.id));
  await escalateDue(db, inMinutes(16));
  expect(await sentTo(blocked.id)).toContainEqual(expect.objectContaining({ state: "sent" }));
});

test("escalation: a person blocked between two attempts gets no e-mail", async () => {
  const person = await signedIn("operator");
  await add([person.id]);
  await hangNow();
  await db.update(users).set({ email: "not an address" }).where(eq(users.id, person.id));
  await escalateDue(db, inMinutes(6));
  const [failed] = await db.select().from(notifications).where(eq(notifications.userId, person.id));
  expect(failed).toMatchObject({ state: "waiting", failures: [{ why: expect.any(String) }] });
  await db.update(users).set({ email: person.email, banned: true }).where(eq(users.id, person.id));
  await db.update(notifications).set({ dueAt: new Date(0) });
  await sendDue(db);
  expect(mail.count(person.email)).toBe(0);
  expect(await sentTo(person.id)).toMatchObject([{ state: "skipped" }]);
});

test("escalation: a step accepts only operators and admins, and deleting a person deletes their notifications", async () => {
  const [viewer, operator] = [await signedIn("viewer"), await signedIn("operator")];
  expect((await add([])).status).toBe(422);
  for (const id of [viewer.id, "someone"]) {
    expect(await add([operator.id, id])).toMatchObject({
      status: 422,
      body: { detail: "A step names someone who cannot act on alerts. Choose operators or admins." },
    });
  }
  const { body } = await add([operator.id]);
  const patched = await patchPolicy(
    send(`/api/escalation-policies/${body.id}`, {
      method: "PATCH",
      cookie: admin.cookie,
      json: { steps: policyFor([viewer.id]).steps },
    }),
    { params: Promise.resolve({ policyId: body.id }) },
  );
  expect(patched.status).toBe(422);
  await hangNow();
  await escalateDue(db, inMinutes(6));
  expect(await sentTo(operator.id)).toHaveLength(1);
  await db.delete(users).where(eq(users.id, operator.id));
  expect(await log()).toEqual([]);
  await escalateDue(db, inMinutes(16));
  expect(await log()).toEqual([]);
});
