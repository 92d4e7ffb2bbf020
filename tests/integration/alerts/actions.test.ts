import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { POST as act } from "@/app/api/alerts/[alertId]/[action]/route";
import { GET as listAssignees } from "@/app/api/alerts/assignees/route";
import { GET as listAlerts } from "@/app/api/alerts/route";
import { PUT as putRules } from "@/app/api/alerts/rules/route";
import { db } from "@/db/client";
import { auditLog, users } from "@/db/schema/auth";
import { alertListSchema, toAlertId } from "@/lib/alerts/alert";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { boardChannel } from "@/lib/realtime/push";
import { hang } from "@/tests/fixtures/hang";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";
import { settled } from "@/tests/support/vitest/after";

let amy: TestPerson;
let ben: TestPerson;
let viewer: TestPerson;

beforeAll(async () => {
  [amy, ben, viewer] = await Promise.all([signedIn("operator"), signedIn("operator"), signedIn("viewer")]);
  await db.update(users).set({ name: "Amy" }).where(eq(users.id, amy.id));
  await db.update(users).set({ name: "Ben" }).where(eq(users.id, ben.id));
});

async function hangNow() {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  return { ...call, alertId: toAlertId(call.callId, call.isoAgo(30)) };
}

async function ask(who: TestPerson, alertId: string, kind: string, json: object = {}) {
  const path = `/api/alerts/${encodeURIComponent(alertId)}/${kind}`;
  const asked = send(path, { method: "POST", cookie: who.cookie, json });
  const response = await act(asked, { params: Promise.resolve({ alertId, action: kind }) });
  await settled();
  return { status: response.status, body: await response.json() };
}

async function list(query: string, who = amy) {
  const response = await listAlerts(send(`/api/alerts?${query}`, { cookie: who.cookie }));
  return alertListSchema.parse(await response.json());
}

describe("alerts: actions by two people", () => {
  test("of two simultaneous acknowledgements, one succeeds and the other is rejected with the first person's name", async () => {
    const { alertId } = await hangNow();
    const answers = await Promise.all([ask(amy, alertId, "acknowledge"), ask(ben, alertId, "acknowledge")]);
    const [done, late] = answers.sort((a, b) => a.status - b.status);
    expect([done?.status, late?.status]).toEqual([200, 409]);
    const first = done?.body.alert.acts.acknowledged.by.name;
    expect(late?.body.detail).toBe(`${first} already acknowledged this alert.`);
    expect(done?.body.alert.acts).toMatchObject({ version: 1, log: [{ kind: "acknowledge" }] });
  });

  test("of two simultaneous self-assignments, one succeeds and the other is rejected with the assignee's name", async () => {
    const { alertId } = await hangNow();
    const answers = await Promise.all([
      ask(amy, alertId, "assign", { to: amy.id, from: null }),
      ask(ben, alertId, "assign", { to: ben.id, from: null }),
    ]);
    const late = answers.find(({ status }) => status === 409);
    const done = answers.find(({ status }) => status === 200);
    expect(late?.body.detail).toBe(`It is now assigned to ${done?.body.alert.acts.assignee.name}.`);
  });

  test("a resolved alert can no longer be acknowledged", async () => {
    const { alertId } = await hangNow();
    expect((await ask(amy, alertId, "resolve", { text: "Called back." })).status).toBe(200);
    expect(await ask(ben, alertId, "acknowledge")).toMatchObject({
      status: 409,
      body: { detail: "Amy already resolved this alert." },
    });
  });
});

describe("an alert", () => {
  test("can be assigned, unassigned, snoozed, noted and resolved, and each action is in its log and the audit log", async () => {
    const { alertId, callId } = await hangNow();
    await ask(amy, alertId, "assign", { to: ben.id, from: null });
    await ask(ben, alertId, "assign", { to: null, from: ben.id });
    await ask(ben, alertId, "snooze", { minutes: 10 });
    await ask(ben, alertId, "note", { text: "The line is bad." });
    const { body } = await ask(amy, alertId, "resolve", { text: "Called back." });
    expect(body.alert.acts).toMatchObject({
      version: 5,
      acknowledged: { by: { name: "Amy" } },
      assignee: null,
      resolved: { by: { name: "Amy" } },
      log: [
        { kind: "assign", assignee: { name: "Ben" } },
        { kind: "assign", assignee: null },
        { kind: "snooze" },
        { kind: "note", text: "The line is bad.", by: { name: "Ben" } },
        { kind: "resolve", text: "Called back." },
      ],
    });
    const entries = await db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.target, callId)));
    expect(entries.map(({ action }) => action)).toEqual([
      "alert.assigned",
      "alert.assigned",
      "alert.snoozed",
      "alert.noted",
      "alert.resolved",
    ]);
    expect(entries.map(({ detail }) => detail)).toEqual([
      { alert: alertId, assignee: "Ben" },
      ...Array.from({ length: 4 }, () => ({ alert: alertId })),
    ]);
    expect(entries.map(({ actorId }) => actorId)).toEqual([amy.id, ben.id, ben.id, ben.id, amy.id]);
  });

  test("is pushed to an open board after an action", async () => {
    const { alertId } = await hangNow();
    const pushes = collectPushes(await join(await connectClient(testPusher.port), boardChannel));
    await ask(amy, alertId, "acknowledge");
    await expect
      .poll(() => pushes)
      .toMatchObject([
        { kind: "alert", alert: { id: alertId, acts: { acknowledged: { by: { name: "Amy" } } } } },
      ]);
  });

  test("is reassigned only by a request with its current assignee", async () => {
    const { alertId } = await hangNow();
    await ask(amy, alertId, "assign", { to: ben.id, from: null });
    expect(await ask(amy, alertId, "assign", { to: amy.id, from: null })).toMatchObject({
      status: 409,
      body: { detail: "It is now assigned to Ben." },
    });
    await ask(ben, alertId, "assign", { to: null, from: ben.id });
    expect(await ask(amy, alertId, "assign", { to: amy.id, from: ben.id })).toMatchObject({
      status: 409,
      body: { detail: "It is no longer assigned." },
    });
  });

  test("raised so far only by a browser's clock can be acknowledged by the browser's ID", async () => {
    const call = startLiveCall();
    await call.answered(25);
    await call.starts("user", 20);
    await call.stops("user", 8.5);
    const { status, body } = await ask(amy, toAlertId(call.callId, call.isoAgo(8.5)), "acknowledge");
    expect(status).toBe(200);
    expect(body.alert).toMatchObject({ kind: "no-answer", acts: { acknowledged: { by: { name: "Amy" } } } });
  });

  test("is not found after its end by an ID with a later start time", async () => {
    const { callId, isoAgo, starts } = await hangNow();
    // The assistant keeps speaking, so that no silence begins however long the test takes.
    await starts("assistant", 5);
    expect((await ask(amy, toAlertId(callId, isoAgo(4)), "acknowledge")).status).toBe(404);
  });

  test("keeps its ID and actions when a late hang moves its start", async () => {
    const call = await hangNow();
    await ask(amy, call.alertId, "acknowledge");
    await deliver(call.body(hang, 20));
    const [alert] = (await list(`state=open&callId=${call.callId}`)).alerts;
    expect(alert).toMatchObject({
      id: call.alertId,
      hangs: 2,
      acts: { acknowledged: { by: { name: "Amy" } } },
    });
  });

  test.each([1, 60, 24 * 60])(
    "can be snoozed for %s minutes, and a snooze of 0 minutes ends it",
    async (minutes) => {
      const { alertId } = await hangNow();
      const { body } = await ask(amy, alertId, "snooze", { minutes });
      const { snoozedUntil, log } = body.alert.acts;
      expect(Date.parse(snoozedUntil) - Date.parse(log[0].at)).toBe(minutes * 60_000);
      const woken = await ask(amy, alertId, "snooze", { minutes: 0 });
      expect(woken.body.alert.acts.snoozedUntil).toBeNull();
    },
  );

  test("is resolved only once: later actions except notes are rejected, and the first resolution is kept", async () => {
    const { alertId } = await hangNow();
    await ask(amy, alertId, "resolve", { text: "Called back." });
    expect(await ask(ben, alertId, "resolve", { text: "Me too." })).toMatchObject({
      status: 409,
      body: { detail: "Amy already resolved this alert." },
    });
    for (const [kind, json] of [
      ["snooze", { minutes: 5 }],
      ["assign", { to: ben.id, from: null }],
    ] as const)
      expect((await ask(ben, alertId, kind, json)).status).toBe(409);
    const { body } = await ask(ben, alertId, "note", { text: "Noted afterwards." });
    expect(body.alert.acts).toMatchObject({
      version: 2,
      resolved: { by: { name: "Amy" } },
      log: [
        { kind: "resolve", text: "Called back." },
        { kind: "note", text: "Noted afterwards." },
      ],
    });
  });

  test("cannot be assigned to a blocked person, and the assignee list leaves that person out", async () => {
    const { alertId } = await hangNow();
    const blocked = await signedIn("operator");
    await db.update(users).set({ banned: true }).where(eq(users.id, blocked.id));
    const { status, body } = await ask(amy, alertId, "assign", { to: blocked.id, from: null });
    expect([status, body.detail]).toEqual([422, "No person with this ID can take alerts."]);
    const response = await listAssignees(send("/api/alerts/assignees", { cookie: amy.cookie }));
    expect(await response.text()).not.toContain(blocked.id);
  });

  test("rejects unknown IDs and actions with 404, invalid assignees and snooze times with 422, and viewers with 403", async () => {
    const { alertId } = await hangNow();
    expect((await ask(amy, "no-such-call~1795414375959", "acknowledge")).status).toBe(404);
    expect((await ask(amy, "nonsense", "acknowledge")).status).toBe(404);
    expect((await ask(amy, alertId, "explode")).status).toBe(404);
    expect((await ask(amy, alertId, "assign", { to: viewer.id, from: null })).status).toBe(422);
    for (const minutes of [-1, 0.5, 24 * 60 + 1, "5", null])
      expect((await ask(amy, alertId, "snooze", { minutes })).status).toBe(422);
    expect((await ask(viewer, alertId, "acknowledge")).status).toBe(403);
  });
});

describe("the list of alerts", () => {
  test("has open alerts, longest first, and keeps a recovered alert only in the history", async () => {
    const call = await hangNow();
    const silent = startLiveCall();
    await silent.answered(200);
    const open = async () => (await list("state=open")).alerts.map(({ callId }) => callId);
    expect((await open()).indexOf(silent.callId)).toBeLessThan((await open()).indexOf(call.callId));
    await call.starts("assistant", 3);
    expect(await open()).not.toContain(call.callId);
    const [closed] = (await list(`state=all&callId=${call.callId}`)).alerts;
    expect(closed).toMatchObject({ outcome: "recovered", closedAt: call.isoAgo(3) });
  });

  test("is paged without losing or repeating an alert", async () => {
    for (let call = 0; call < 5; call += 1) await hangNow();
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await list(`state=all&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      ids.push(...page.alerts.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual((await list("state=all&limit=500")).alerts.map(({ id }) => id));
  });

  test("shows viewers a masked number and operators the whole number", async () => {
    const { callId } = await hangNow();
    const [seen] = (await list(`state=open&callId=${callId}`, viewer)).alerts;
    expect(seen?.call.customerNumber).toBe("•••03");
    expect((await list(`state=open&callId=${callId}`)).alerts[0]?.call.customerNumber).toBe("+15550100103");
  });

  test("offers operators as assignees, but no viewers", async () => {
    const response = await listAssignees(send("/api/alerts/assignees", { cookie: amy.cookie }));
    const { people } = await response.json();
    const ids = people.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining([amy.id, ben.id]));
    expect(ids).not.toContain(viewer.id);
  });
});

test("alert rules: a saved change applies to the next call, and an unknown field is rejected", async () => {
  const admin = await signedIn("admin");
  const put = (rules: object) =>
    putRules(send("/api/alerts/rules", { method: "PUT", cookie: admin.cookie, json: rules }));
  expect((await put({ ...alertRulesSetting.initial, waitingSeconds: 12 })).status).toBe(422);
  expect((await put({ ...alertRulesSetting.initial, noAnswerSeconds: 4, silenceSeconds: null })).status).toBe(
    200,
  );
  const call = startLiveCall();
  await call.answered(25);
  await call.starts("user", 20);
  await call.stops("user", 5);
  expect((await list(`state=open&callId=${call.callId}`)).alerts).toMatchObject([{ kind: "no-answer" }]);
  await put(alertRulesSetting.initial);
});
