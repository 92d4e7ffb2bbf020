import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import { startNotificationApis } from "@/tests/support/servers/notification-apis";
import { startSmtpSink } from "@/tests/support/servers/smtp-sink";
import { settled } from "@/tests/support/vitest/after";

const slackToken = "xoxb-0123456789-made-up";
const outside = await startNotificationApis({ slackToken });
const mail = await startSmtpSink();
process.env.SLACK_API_URL = `${outside.url}/api/`;
process.env.SMTP_URL = mail.url;
process.env.PAGERDUTY_EVENTS_URL = `${outside.url}/v2/enqueue`;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { listIncidents, getIncidentDetail } = await import("@/db/queries/incidents/read");
const { readSignals } = await import("@/db/queries/incidents/signals");
const { notificationChannels, notifications } = await import("@/db/schema/alerts");
const { calls } = await import("@/db/schema/calls");
const { conversations } = await import("@/db/schema/conversations");
const { incidentMembers, incidents } = await import("@/db/schema/incidents");
const { noticeIncidents } = await import("@/lib/incidents/server/notice");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { applyRetention, setRetention } = await import("@/lib/privacy/server/erase");
const { POST: act } = await import("@/app/api/incidents/[incidentId]/[action]/route");
const { GET: list } = await import("@/app/api/incidents/route");
const { GET: get } = await import("@/app/api/incidents/[incidentId]/route");
const { GET: getRules, PUT: putRules } = await import("@/app/api/incidents/rules/route");
const { endOfCallReport } = await import("@/tests/fixtures/end-of-call-report");
const { hang } = await import("@/tests/fixtures/hang");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { speechUpdate } = await import("@/tests/fixtures/speech-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { inWaves } = await import("@/tests/support/deliveries/in-waves");
const { tester } = await import("@/tests/support/makers/make-credential");
const { makeCallRow } = await import("@/tests/support/makers/make-call-row");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");
const { collectPushes, join } = await import("@/tests/support/servers/collect-pushes");
const { connectClient } = await import("@/tests/support/servers/pusher-clients");
const { testPusher } = await import("@/tests/support/servers/test-pusher");
const { boardChannel, maskedChannel } = await import("@/lib/realtime/push");

const operator = await signedIn("operator");
const elevenLabs = "call.in-progress.error-vapifault-eleven-labs-500-server-error";
const by = tester;

afterEach(async () => {
  outside.received.length = 0;
  outside.refused.length = 0;
  await db.delete(notificationChannels);
  await db.delete(incidents);
  // Calls of one test must not count as healthy calls of the next.
  await db.delete(calls);
});

afterAll(async () => {
  await outside.stop();
  await mail.close();
});

/** Inserts calls of assistants, answered a minute ago; with end reasons, they ended ten seconds ago. */
async function insertCalls(
  count: number,
  assistantOf: (n: number) => number,
  reasonOf: ((n: number) => string) | null = null,
) {
  const now = Date.now();
  const answeredAt = new Date(now - 60_000);
  const endedAt = new Date(now - 10_000);
  const conversationId = randomUUID();
  await db.insert(conversations).values({ id: conversationId });
  const rows = Array.from({ length: count }, (_, n) => ({
    ...makeCallRow({ id: randomUUID(), conversationId }),
    assistantId: `assistant-${assistantOf(n)}`,
    assistantName: `Desk ${assistantOf(n)}`,
    // As in the fixtures' events.
    assistantVersion: "v12",
    phoneNumber: "+15550100901",
    createdAt: answeredAt,
    startedAt: answeredAt,
    lastEventAt: answeredAt,
    ...(reasonOf && { status: "ended" as const, statusRank: 2, endedAt, endedReason: reasonOf(n) }),
  }));
  await db.insert(calls).values(rows);
  return rows;
}

/** Options for an event of such a call, a number of seconds ago. */
const toEvent = (
  { id, assistantId, assistantName }: Awaited<ReturnType<typeof insertCalls>>[number],
  secondsAgo: number,
) => ({
  callId: id,
  with: { timestamp: Date.now() - secondsAgo * 1000, assistant: { id: assistantId, name: assistantName } },
});

/** Starts a call of an assistant, answered a minute ago. */
async function startCall(assistant: number) {
  const callId = randomUUID();
  const now = Date.now();
  const more = (seconds: number): Record<string, unknown> => ({
    timestamp: now - seconds * 1000,
    assistant: { id: `assistant-${assistant}`, name: `Desk ${assistant}` },
  });
  await deliver(statusUpdate("in-progress", { callId, with: more(60) }));
  return { callId, more };
}

async function fail(assistant: number, seconds: number, endedReason = elevenLabs): Promise<string> {
  const call = await startCall(assistant);
  await deliver(statusUpdate("ended", { callId: call.callId, endedReason, with: call.more(seconds) }));
  return call.callId;
}

async function hangOne(assistant: number, seconds: number) {
  const call = await startCall(assistant);
  await deliver(hang({ callId: call.callId, with: call.more(seconds) }));
  return {
    ...call,
    recovers: (secondsAgo: number) =>
      deliver(speechUpdate("assistant", "started", { callId: call.callId, with: call.more(secondsAgo) })),
  };
}

const hook = (more: object = {}) =>
  createChannel(
    db,
    {
      kind: "webhook",
      name: "hook",
      url: `${outside.url}/hook`,
      tellsUpdates: true,
      afterMinutes: 0,
      quietHours: null,
      ...more,
    },
    by,
  );

const bodies = (path: string) =>
  outside.received.filter((each) => each.path === path).map(({ body }) => JSON.parse(body));
const sentTypes = () => bodies("/hook").map(({ type }) => type as string);
const count = (type: string) => sentTypes().filter((each) => each === type).length;

async function ask(who: { cookie: string }, id: string, kind: string, json: object = {}) {
  const params = Promise.resolve({ incidentId: id, action: kind });
  const response = await act(
    send(`/api/incidents/${id}/${kind}`, { method: "POST", cookie: who.cookie, json }),
    {
      params,
    },
  );
  await settled();
  return { status: response.status, body: await response.json() };
}

const only = async () => {
  const [one, ...others] = await listIncidents(db, "open");
  expect(others).toEqual([]);
  if (!one) throw new Error("There is no incident.");
  return one;
};

/** Moves everything into the past by a number of minutes. */
async function pass(minutes: number): Promise<void> {
  const ago = sql.raw(`interval '${minutes} minutes'`);
  await db.execute(sql`update calls set ended_at = ended_at - ${ago} where ended_at is not null`);
  await db.execute(sql`update alerts set opened_at = opened_at - ${ago}, closed_at = closed_at - ${ago}`);
  await db.execute(sql`update incidents set since = since - ${ago}, opened_at = opened_at - ${ago}`);
}

test("incidents: the fifth failure opens an incident, later ones join it, and the channel is notified once", async () => {
  await hook();
  for (let n = 0; n < 4; n += 1) await fail(n, 20 - n);
  expect(await listIncidents(db, "all")).toEqual([]);
  await fail(4, 10);
  expect(await only()).toMatchObject({
    state: "open",
    cause: { kind: "end-reason", value: elevenLabs, evidence: { with: { failed: 5, total: 5 } } },
    callCount: 5,
    failedCount: 5,
  });
  for (let n = 5; n < 9; n += 1) await fail(n, 5);
  expect(await only()).toMatchObject({ callCount: 9, closedAt: null });
  expect(sentTypes()).toEqual(["incident.opened"]);
});

test("incidents: 40 hangs and 200 failures among 60 healthy calls become one incident per cause, with one notification per channel and state", async () => {
  await hook();
  const channels = [
    { kind: "pagerduty", name: "on call", key: "0123456789abcdef0123456789ABCDEF" },
    { kind: "slack-app", name: "ops", token: slackToken, conversation: "C0123456789", tellsUpdates: true },
    { kind: "teams", name: "room", url: `${outside.url}/workflows/1`, tellsUpdates: true },
    { kind: "email", name: "night", to: "night@example.com", tellsUpdates: true },
  ] as const;
  for (const channel of channels) {
    await createChannel(db, { ...channel, afterMinutes: 0, quietHours: null }, by);
  }
  await insertCalls(60, (n) => n % 8);
  const hanging = await insertCalls(40, () => 0);
  const failing = await insertCalls(40, (n) => 1 + (n % 7));
  const reasonOf = (n: number) => (n % 2 ? elevenLabs : "pipeline-error-eleven-labs-voice-server-error");
  // The events of a wave arrive at once; four times as many failures were recorded by another instance.
  for (let wave = 0; wave < 4; wave += 1) {
    await insertCalls(40, (n) => 1 + (n % 7), reasonOf);
    await Promise.all([
      ...hanging.slice(wave * 10, wave * 10 + 10).map((call) => deliver(hang(toEvent(call, 12)))),
      ...failing
        .slice(wave * 10, wave * 10 + 10)
        .map((call, n) => deliver(statusUpdate("ended", { ...toEvent(call, 10), endedReason: reasonOf(n) }))),
    ]);
  }
  const found = await listIncidents(db, "open");
  expect(found.map(({ cause, callCount }) => [cause.kind, cause.value, callCount]).sort()).toEqual([
    ["assistant", "assistant-0", 40],
    ["provider", "ElevenLabs", 200],
  ]);
  expect(count("incident.opened")).toBe(2);
  // At most those opened before the fifth alert.
  expect(count("alert.opened")).toBeLessThan(5);
  for (const { id } of found) expect((await ask(operator, id, "acknowledge")).status).toBe(200);
  await Promise.all(hanging.map((call) => deliver(speechUpdate("assistant", "started", toEvent(call, 2)))));
  await pass(6);
  await Promise.all([noticeIncidents(), noticeIncidents(), noticeIncidents()]);
  expect(await listIncidents(db, "open")).toEqual([]);
  for (const state of ["opened", "acknowledged", "recovered"]) expect(count(`incident.${state}`)).toBe(2);
  for (const { id } of found) {
    const pages = bodies("/v2/enqueue").filter(({ dedup_key }) => dedup_key === id);
    expect(pages.map(({ event_action }) => event_action)).toEqual(["trigger", "acknowledge", "resolve"]);
  }
  // Only messages about incidents: an alert from before the fifth has its own messages.
  const ofIncidents = (texts: string[]) => texts.filter((text) => text.includes("Incident: ")).length;
  const mails = await Promise.all(Array.from({ length: mail.count() }, () => mail.nextMail()));
  expect(mails.filter((text) => text.replaceAll("=\n", "").includes("/incidents/"))).toHaveLength(6);
  const posts = bodies("/api/chat.postMessage").filter(({ text }) => ofIncidents([text]) === 1);
  expect(posts).toHaveLength(6);
  expect(posts.filter(({ thread_ts }) => thread_ts !== undefined)).toHaveLength(4);
  expect(ofIncidents(bodies("/workflows/1").map((body) => JSON.stringify(body)))).toBe(6);
  expect(outside.refused).toEqual([]);
});

test("incidents: hangs of four assistants on one provider are one incident of that provider", async () => {
  const costs = (voice: string) => [
    { type: "model", model: { provider: "openai", model: "gpt-4o-mini" }, cost: 0.01 },
    { type: "voice", voice: { provider: voice, voiceId: "any" }, cost: 0.02 },
  ];
  for (let n = 0; n < 8; n += 1) {
    const assistant = { id: `assistant-${n}`, name: `Desk ${n}` };
    const voice = n < 4 ? "cartesia" : "11labs";
    await deliver(endOfCallReport({ callId: randomUUID(), with: { assistant, costs: costs(voice) } }));
  }
  await insertCalls(24, (n) => 4 + (n % 4));
  for (let n = 0; n < 8; n += 1) await hangOne(n % 4, 20 - n);
  const { cause, callCount } = await only();
  expect(cause).toMatchObject({ kind: "provider", label: "Cartesia" });
  expect(cause.evidence).toMatchObject({ with: { failed: 8, total: 8 }, without: { failed: 0 } });
  expect(callCount).toBe(8);
});

test("incidents: six concurrent checks of twelve failures keep one incident, and another check changes nothing", async () => {
  await Promise.all(Array.from({ length: 12 }, (_, n) => fail(n, 20 - n)));
  await Promise.all(Array.from({ length: 6 }, () => noticeIncidents()));
  const one = await only();
  expect(one.callCount).toBe(12);
  const members = await db.select().from(incidentMembers).where(eq(incidentMembers.incidentId, one.id));
  expect(new Set(members.map(({ callId }) => callId)).size).toBe(12);
  const { version } = one;
  await noticeIncidents();
  expect((await only()).version).toBe(version);
});

test("incidents: an alert that joins an incident sends no notification, and earlier alerts still send theirs", async () => {
  await hook();
  const calls = [];
  for (let n = 0; n < 8; n += 1) calls.push(await hangOne(0, 20 - n));
  expect(sentTypes()).toEqual([...Array(4).fill("alert.opened"), "incident.opened"]);
  const left = await db.select().from(notifications).where(eq(notifications.state, "skipped"));
  expect(left.map(({ reason }) => reason)).toEqual(
    Array(4).fill("Part of an incident, which notifies instead."),
  );
  for (const { recovers } of calls) await recovers(2);
  expect(count("alert.recovered")).toBe(4);
  await pass(6);
  await noticeIncidents();
  expect(count("incident.recovered")).toBe(1);
});

test("incidents: of two simultaneous acknowledgements one succeeds, the other names the first person, and the log has each action", async () => {
  const [amy, ben] = [await signedIn("operator"), await signedIn("operator")];
  for (let n = 0; n < 5; n += 1) await fail(n, 10);
  const { id } = await only();
  const answers = await Promise.all([ask(amy, id, "acknowledge"), ask(ben, id, "acknowledge")]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.detail).toBe(
    "operator already acknowledged this incident.",
  );
  expect((await ask(amy, id, "assign", { to: ben.id, from: null })).status).toBe(200);
  expect((await ask(amy, id, "assign", { to: randomUUID(), from: ben.id })).status).toBe(422);
  expect((await ask(ben, id, "snooze", { minutes: 15 })).body.incident.state).toBe("snoozed");
  expect((await ask(ben, id, "note", { text: "Rang the provider." })).status).toBe(200);
  const resolved = await ask(ben, id, "resolve", { text: "Switched the voice." });
  expect(resolved.body.incident).toMatchObject({
    state: "resolved",
    acts: { resolved: { by: { id: ben.id } } },
  });
  expect(resolved.body.incident.acts.log.map(({ kind }: { kind: string }) => kind)).toEqual([
    "acknowledge",
    "assign",
    "snooze",
    "note",
    "resolve",
  ]);
  expect(await listIncidents(db, "open")).toEqual([]);
  expect((await ask(amy, randomUUID(), "resolve")).status).toBe(404);
});

test("incidents: viewers read them without numbers and names, cannot acknowledge, and cannot set the rules", async () => {
  const [viewer, admin] = [await signedIn("viewer"), await signedIn("admin")];
  for (let n = 0; n < 5; n += 1) await fail(n, 10);
  const { id } = await only();
  const name = "Wilhelmina Oduya";
  await db.update(calls).set({ customerName: name, customerNumber: "+15550100123" });
  await ask(admin, id, "note", { text: `${name} rang from +15550100123.` });
  const page = await get(send(`/api/incidents/${id}`, { cookie: viewer.cookie }), {
    params: Promise.resolve({ incidentId: id }),
  });
  const text = JSON.stringify(await page.json());
  expect(page.status).toBe(200);
  expect(text).not.toContain("Wilhelmina");
  expect(text).not.toContain("5550100123");
  const all = await (await list(send("/api/incidents?state=all", { cookie: viewer.cookie }))).json();
  expect(all.incidents).toMatchObject([{ id, callCount: 5, cause: { kind: "end-reason" } }]);
  expect((await ask(viewer, id, "acknowledge")).status).toBe(403);
  const put = (cookie: string) =>
    putRules(
      send("/api/incidents/rules", {
        method: "PUT",
        cookie,
        json: { count: 5, windowSeconds: 60, quietMinutes: 5 },
      }),
    );
  expect((await put(viewer.cookie)).status).toBe(403);
  expect((await put(admin.cookie)).status).toBe(200);
  expect(await (await getRules(send("/api/incidents/rules", { cookie: viewer.cookie }))).json()).toEqual({
    rules: {
      count: 5,
      windowSeconds: 60,
      quietMinutes: 5,
      sensitivity: "normal",
      trouble: true,
      volume: true,
      response: true,
      cost: true,
      zone: "UTC",
    },
  });
});

test("incidents: a growing incident is pushed to the board, and to viewers without the texts of its notes", async () => {
  const client = await connectClient(testPusher.port);
  const [plain, masked] = [
    collectPushes(await join(client, boardChannel)),
    collectPushes(await join(client, maskedChannel(boardChannel))),
  ];
  for (let n = 0; n < 6; n += 1) await fail(n, 10);
  const pushed = (pushes: typeof plain) =>
    pushes.flatMap((push) => (push.kind === "incident" ? [push.incident] : []));
  await expect.poll(() => pushed(plain).at(-1)?.callCount).toBe(6);
  await expect.poll(() => pushed(masked).at(-1)?.callCount).toBe(6);

  const { id } = await only();
  const name = "Wilhelmina Oduya";
  await db.update(calls).set({ customerName: name, customerNumber: "+15550100123" });
  const text = `${name} (w.oduya@example.com, 12 Elm Street) rang from +1 555 010 0123.`;
  expect((await ask(operator, id, "note", { text })).status).toBe(200);
  expect((await ask(operator, id, "resolve", { text: `Told ${name}.` })).status).toBe(200);
  for (const pushes of [plain, masked])
    await expect.poll(() => pushed(pushes).at(-1)?.acts.resolved).not.toBeNull();
  const logOf = (pushes: typeof plain) =>
    pushed(pushes)
      .at(-1)
      ?.acts.log.map((act) => [act.kind, act.text]);
  expect(logOf(plain)).toEqual([
    ["note", text],
    ["resolve", `Told ${name}.`],
  ]);
  expect(logOf(masked)).toEqual([
    ["note", null],
    ["resolve", null],
  ]);
  expect(JSON.stringify(pushed(masked))).not.toMatch(/Wilhelmina|Oduya|0123|Elm Street/i);
});

test("incidents: note texts are deleted with the calls' personal data, and an incident with its last call", async () => {
  const amy = await signedIn("operator");
  for (let n = 0; n < 5; n += 1) await fail(n, 10);
  const { id } = await only();
  await ask(amy, id, "note", { text: "Wilhelmina was called back." });
  await db.update(calls).set({ createdAt: new Date(Date.now() - 91 * 24 * 3_600_000) });
  await setRetention(db, { events: null, transcripts: null, recordings: null, personal: 90 }, tester);
  await applyRetention(db);
  expect((await getIncidentDetail(db, id))?.incident.acts.log).toMatchObject([{ kind: "note", text: null }]);
  await pass(6);
  await noticeIncidents();
  await db.delete(calls);
  await noticeIncidents();
  expect(await listIncidents(db, "all")).toEqual([]);
});

test("incidents: calls that end without a service's fault open no incident", async () => {
  const codes = Array.from({ length: 12 }, (_, n) =>
    n % 2 ? "customer-ended-call" : "exceeded-max-duration",
  );
  await inWaves(codes, 6, (code, n) => fail(n, 10, code));
  expect(await listIncidents(db, "all")).toEqual([]);
});

test("incidents: of more failing tools than are read at once, the latest count", async () => {
  const [most, lately] = [5_000, 200];
  await db.execute(sql`
    with made as (select gen_random_uuid() as id, n from generate_series(1, ${most + lately}) n),
      conversation as (insert into conversations (id) select id from made),
      call as (insert into calls (id, conversation_id, status, status_rank, created_at, last_event_at)
        select id, id, 'ended', 1, now(), now() from made)
    insert into tool_calls (id, call_id, name, arguments, asked_at, error, rank)
    select id, id, case when n <= ${lately} then 'late' else 'early' end, '{}', now() - n * interval '1 second', 'No.', 1
    from made order by random()`);
  const { signals } = await readSignals(db, new Date(0));
  await db.delete(calls);
  expect(signals).toHaveLength(most);
  expect(signals.filter(({ causes }) => causes.tool === "late")).toHaveLength(lately);
});
