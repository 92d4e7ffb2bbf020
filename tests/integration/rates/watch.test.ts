import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { wholeAccount } from "@/lib/incidents/incident";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { seriesCount } from "@/tests/support/makers/series-count";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const outside = await startReceiver();
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { listIncidents } = await import("@/db/queries/incidents/read");
const { deleteOldQuarters, readHappened, saveQuarter } = await import("@/db/queries/rates");
const { writeSetting } = await import("@/db/queries/settings");
const { alerts, notificationChannels } = await import("@/db/schema/alerts");
const { callFigures, figureProgress, rateDays, rateQuarters } = await import("@/db/schema/analytics");
const { calls, toolCalls } = await import("@/db/schema/calls");
const { conversations } = await import("@/db/schema/conversations");
const { incidents } = await import("@/db/schema/incidents");
const { reports } = await import("@/db/schema/reports");
const { noMeasures } = await import("@/lib/analytics/figures");
const { updateIncidents } = await import("@/lib/incidents/server/derive");
const { noticeIncidents } = await import("@/lib/incidents/server/notice");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { countQuarters, forgetUsual, readHistory, readUsual, usualNow } = await import(
  "@/lib/rates/server/usual"
);
const { watchRates } = await import("@/lib/rates/server/watch");
const { generateCall } = await import("@/scripts/simulator/generate-call");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { GET: getProviders } = await import("@/app/api/analytics/providers/route");
const { tester } = await import("@/tests/support/makers/make-credential");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const weekMs = 7 * 24 * 60 * minuteMs;
const elevenLabs = "call.in-progress.error-vapifault-eleven-labs-500-server-error";
const conversationId = randomUUID();

beforeEach(async () => {
  outside.received.length = 0;
  await db.delete(notificationChannels);
  await db.delete(incidents);
  await db.delete(calls);
  await db.delete(rateQuarters);
  await db.delete(figureProgress);
  await writeSetting(db, incidentRulesSetting, incidentRulesSetting.initial);
  forgetUsual();
  await db.insert(conversations).values({ id: conversationId }).onConflictDoNothing();
});

afterAll(() => outside.stop());

/** Saves six weeks with a number of calls per quarter of an hour, up to the last full quarter before `until`. */
async function saveWeeks(until: Date, perQuarter: number): Promise<void> {
  const end = Math.floor(until.getTime() / quarterMs) * quarterMs;
  const rows = [];
  for (let at = end - 6 * weekMs - 4 * quarterMs; at < end; at += quarterMs) {
    const ofQuarter = { begun: perQuarter, ended: perQuarter };
    for (const series of [
      seriesCount(ofQuarter),
      seriesCount({ ...ofQuarter, kind: "assistant", value: "desk" }),
    ]) {
      rows.push({ ...series, at: new Date(at) });
    }
  }
  for (let from = 0; from < rows.length; from += 1_000) {
    await db.insert(rateQuarters).values(rows.slice(from, from + 1_000));
  }
  await db.insert(figureProgress).values({ name: "rates", seenUntil: new Date(end) });
}

/** Saves a one-minute call of the Front desk that ended a number of minutes before a moment. */
async function saveCall(before: Date, minutes: number, endedReason = "customer-ended-call"): Promise<string> {
  const id = randomUUID();
  const endedAt = new Date(before.getTime() - minutes * minuteMs);
  await db.insert(calls).values({
    id,
    conversationId,
    status: "ended",
    statusRank: 1,
    assistantId: "desk",
    assistantName: "Front desk",
    assistantVersion: "7",
    phoneNumber: "+15550100001",
    endedReason,
    createdAt: new Date(endedAt.getTime() - minuteMs),
    endedAt,
    lastEventAt: endedAt,
  });
  return id;
}

const hook = () =>
  createChannel(
    db,
    {
      kind: "webhook",
      name: "hook",
      url: `${outside.url}/hook`,
      tellsUpdates: true,
      afterMinutes: 0,
      quietHours: null,
    },
    tester,
  );

const sentTypes = () => outside.received.map(({ body }) => JSON.parse(body).type as string);

test("rates: each quarter of an hour is counted once, even by concurrent runs, and again to include late calls", async () => {
  const now = new Date("2026-06-01T10:05:00Z");
  const failed = await saveCall(now, 10, elevenLabs);
  await saveCall(now, 12);
  await db.insert(toolCalls).values({
    id: "tool-1",
    callId: failed,
    name: "book",
    arguments: {},
    askedAt: new Date(now.getTime() - 11 * minuteMs),
    answeredAt: new Date(now.getTime() - 10.9 * minuteMs),
    error: "No connection",
    rank: 1,
  });
  await db.insert(reports).values({
    callId: failed,
    at: now,
    costBreakdown: {},
    costs: [
      { kind: "voice", provider: "11labs", name: null, usd: 0.1, minutes: 1, characters: null, tokens: null },
    ],
    latency: {
      turns: [{ endpointing: 1, transcriber: 2, model: 3, voice: 400, total: 500 }],
      average: { endpointing: 1, transcriber: 2, model: 3, voice: 400, total: 500 },
      fromTransport: null,
      toTransport: null,
      callerInterrupted: null,
      assistantInterrupted: null,
    },
    messages: [],
  });
  await db.insert(callFigures).values({
    ...noMeasures,
    callId: failed,
    callVersion: 0,
    at: new Date(now.getTime() - 11 * minuteMs),
    assistant: "desk",
    assistantName: "Front desk",
    version: "7",
    number: "+15550100001",
    reason: elevenLabs,
    calls: 1,
    costed: 1,
    costUsd: 0.25,
    replies: [0, 0, 3],
    stageMs: [0, 0, 0, 0],
    stageReplies: [0, 0, 0, 0],
  });
  await Promise.all([countQuarters(db, now), countQuarters(db, now), countQuarters(db, now)]);
  const read = async (value: string) => {
    const rows = await db.select().from(rateQuarters).where(eq(rateQuarters.value, value));
    return rows.map(({ at, begun, ended, failures, tools, costUsd, p95Ms }) => [
      at.toISOString().slice(11, 16),
      begun,
      ended,
      failures,
      tools,
      costUsd,
      p95Ms,
    ]);
  };
  const whole = ["09:45", 2, 2, 1, 1, 0.25, null];
  for (const value of [wholeAccount, "desk", "desk@7", "+15550100001"])
    expect(await read(value)).toEqual([whole]);
  expect(await read("ElevenLabs")).toEqual([["09:45", 0, 0, 1, 0, 0, null]]);
  expect(await read("voice ElevenLabs")).toEqual([["09:45", 0, 1, 1, 0, 0.1, 400]]);
  expect(await read("book")).toEqual([["09:45", 0, 0, 0, 1, 0, null]]);
  await saveCall(now, 15);
  await countQuarters(db, now);
  expect(await read(wholeAccount)).toEqual([whole]);
  await countQuarters(db, new Date(now.getTime() + quarterMs));
  expect(await read(wholeAccount)).toEqual([["09:45", 3, 3, 1, 1, 0.25, null]]);
});

test("rates: each day is the sum of its quarters after insertions, changes and deletions", async () => {
  const at = (when: string, more: object) => ({ ...seriesCount(more), at: new Date(when) });
  const days = () => db.select().from(rateDays).orderBy(rateDays.day, rateDays.value);
  await Promise.all([
    saveQuarter(db, new Date("2026-06-01T23:45:00Z"), [seriesCount({ begun: 3, ended: 2, failures: 1 })]),
    saveQuarter(db, new Date("2026-06-02T00:00:00Z"), [
      seriesCount({ begun: 5, ended: 5, alerts: 1, tools: 2 }),
      seriesCount({ kind: "part", value: "voice ElevenLabs", ended: 5 }),
    ]),
    saveQuarter(db, new Date("2026-06-02T00:15:00Z"), [seriesCount({ begun: 1, ended: 1 })]),
  ]);
  const account = { kind: "account", value: wholeAccount };
  expect(await days()).toEqual([
    { day: "2026-06-01", ...account, begun: 3, ended: 2, failures: 1, alerts: 0, tools: 0 },
    { day: "2026-06-02", ...account, begun: 6, ended: 6, failures: 0, alerts: 1, tools: 2 },
    {
      day: "2026-06-02",
      kind: "part",
      value: "voice ElevenLabs",
      begun: 0,
      ended: 5,
      failures: 0,
      alerts: 0,
      tools: 0,
    },
  ]);
  const late = [seriesCount({ begun: 5, ended: 5 }), seriesCount({ kind: "tool", value: "book", tools: 1 })];
  await Promise.all([1, 2, 3].map(() => saveQuarter(db, new Date("2026-06-02T00:00:00Z"), late)));
  expect(await days()).toMatchObject([
    { day: "2026-06-01" },
    { day: "2026-06-02", value: wholeAccount, begun: 6, ended: 6, alerts: 0, tools: 0 },
    { day: "2026-06-02", value: "book", tools: 1 },
  ]);
  await db
    .update(rateQuarters)
    .set({ at: new Date("2026-06-03T00:00:00Z") })
    .where(eq(rateQuarters.value, "book"));
  await db.insert(rateQuarters).values(at("2026-06-03T10:00:00Z", { ended: 7 }));
  await deleteOldQuarters(db, new Date("2026-06-02T00:15:00Z"));
  expect(await days()).toMatchObject([
    { day: "2026-06-02", value: wholeAccount, begun: 1, ended: 1 },
    { day: "2026-06-03", value: wholeAccount, ended: 7 },
    { day: "2026-06-03", value: "book", tools: 1 },
  ]);
  await db.execute(sql`truncate ${rateQuarters}`);
  expect(await days()).toEqual([]);
});

test("rates: without history, no rate is checked, and five failed calls open an incident", async () => {
  const now = new Date();
  await watchRates(db, now);
  expect(await listIncidents(db, "all")).toEqual([]);
  expect(await readUsual(db, incidentRulesSetting.initial, now, { hasFigures: true })).toBeNull();
  for (let n = 0; n < 4; n += 1) await saveCall(now, n / 10, elevenLabs);
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toEqual([]);
  await saveCall(now, 0.1, elevenLabs);
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toMatchObject([{ callCount: 5 }]);
});

test("rates: without history, a tool is an incident once it fails in five calls within a minute and in half of its calls", async () => {
  const now = new Date();
  const use = async (tool: string, error: string | null) => {
    const at = new Date(now.getTime() - 20_000);
    await db.insert(toolCalls).values({
      id: randomUUID(),
      callId: await saveCall(now, 0),
      name: tool,
      arguments: {},
      askedAt: at,
      answeredAt: at,
      ...(error === null ? { result: "Done" } : { error }),
      rank: 1,
    });
  };
  for (let n = 0; n < 5; n += 1) {
    await use("check", "No such order");
    await use("check", null);
  }
  await use("check", null);
  for (let n = 0; n < 4; n += 1) await use("book", "No connection");
  for (let n = 0; n < 5; n += 1) await use("book", null);
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toEqual([]);
  await use("book", "No connection");
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toMatchObject([
    { callCount: 5, cause: { kind: "tool", value: "book" } },
  ]);
});

test("rates: three failures of a provider that never fails are one incident with one notification", async () => {
  const now = new Date();
  await saveWeeks(now, 20);
  await hook();
  for (let n = 0; n < 20; n += 1) await saveCall(now, 1 + n / 2);
  for (const minutes of [3, 2]) await saveCall(now, minutes, elevenLabs);
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toEqual([]);
  await saveCall(now, 0.1, elevenLabs);
  await Promise.all([noticeIncidents(), noticeIncidents(), noticeIncidents()]);
  expect(await listIncidents(db, "open")).toMatchObject([
    { callCount: 3, cause: { kind: "end-reason", value: elevenLabs } },
  ]);
  await expect.poll(sentTypes).toEqual(["incident.opened"]);
  const changed = await db.transaction((tx) => updateIncidents(tx, new Date()));
  expect(changed).toEqual([]);
});

test("rates: a simulated tool outage is one incident of that tool", async () => {
  await saveWeeks(new Date(), 20);
  for (let n = 0; n < 6; n += 1) {
    const options = { outage: "tool", functionCalls: 0, createdAtMs: Date.now() - 2 * minuteMs } as const;
    const { events, conversationUuid } = generateCall(`outage ${n}`, options);
    for (const { message } of events.filter((each) => each.message.type === "tool-calls"))
      await deliver({ message }, { conversation: conversationUuid });
  }
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toMatchObject([
    { callCount: 6, cause: { kind: "tool", value: "look_up_customer" } },
  ]);
});

test("rates: an unusual lack of calls is one incident despite concurrent checks, and the next call ends it", async () => {
  const now = new Date();
  await saveWeeks(now, 20);
  await hook();
  await saveCall(now, 40);
  await Promise.all([watchRates(db, now), watchRates(db, now)]);
  const [open, ...others] = await listIncidents(db, "open");
  expect(others).toEqual([]);
  expect(open).toMatchObject({
    state: "open",
    cause: { kind: "account", label: "All calls", metric: { name: "volume" } },
    callCount: 0,
  });
  expect(open?.cause.metric?.usual).toBeGreaterThan(40);
  const later = new Date(now.getTime() + minuteMs);
  await watchRates(db, later);
  await noticeIncidents();
  expect(await listIncidents(db, "open")).toMatchObject([{ id: open?.id }]);
  await saveCall(later, 0);
  await Promise.all([watchRates(db, later), watchRates(db, later)]);
  expect(await listIncidents(db, "open")).toEqual([]);
  expect(await listIncidents(db, "all")).toMatchObject([{ id: open?.id, state: "recovered" }]);
  await expect.poll(sentTypes).toEqual(["incident.opened", "incident.recovered"]);
});

test("rates: a metric that is turned off is not checked, and its open incidents close", async () => {
  const now = new Date();
  await saveWeeks(now, 20);
  await watchRates(db, now);
  expect(await listIncidents(db, "open")).toHaveLength(1);
  await writeSetting(db, incidentRulesSetting, { ...incidentRulesSetting.initial, volume: false });
  await watchRates(db, now);
  expect(await listIncidents(db, "open")).toEqual([]);
});

test("rates: a resolved incident stays resolved while no calls come, and keeps its actions", async () => {
  const now = new Date();
  await saveWeeks(now, 20);
  await watchRates(db, now);
  await db.update(incidents).set({ resolvedAt: now, resolvedBy: { id: "ana", name: "Ana" } });
  await watchRates(db, new Date(now.getTime() + minuteMs));
  expect(await listIncidents(db, "open")).toEqual([]);
  expect(await listIncidents(db, "all")).toMatchObject([{ state: "resolved", acts: { resolved: {} } }]);
});

test("rates: an hour of the week is matched by the team's local time across the start of summer time", async () => {
  // Summer time in Berlin began on 2026-03-29, so 10:00 there is 08:00 UTC after that date and 09:00 UTC before.
  const now = new Date("2026-04-06T08:20:00Z");
  const at = (when: string, begun: number) => ({
    ...seriesCount({ begun, ended: begun }),
    at: new Date(when),
  });
  await db
    .insert(rateQuarters)
    .values([
      at("2026-02-23T09:00:00Z", 7),
      at("2026-03-30T08:15:00Z", 30),
      at("2026-03-30T09:15:00Z", 99),
      at("2026-03-23T09:45:00Z", 40),
      at("2026-03-23T08:45:00Z", 99),
    ]);
  const { hours, hourAt } = await readHistory(db, "Europe/Berlin", now, { hasFigures: true });
  expect(hourAt.toISOString()).toBe("2026-04-06T08:00:00.000Z");
  const begun = hours.filter(({ hoursAgo }) => hoursAgo === 0).map((each) => [each.week, each.begun]);
  // In any order: the query has none.
  expect(new Map(begun as [number, number][])).toEqual(
    new Map([
      [1, 30],
      [2, 40],
      [6, 7],
    ]),
  );
});

test("rates: in the hour that is repeated when clocks are set back, both hours are compared with the one of that name", async () => {
  // In Berlin it is 02:30 for the second time. A week earlier, 02:00 to 03:00 was 00:00 to 01:00 UTC.
  const now = new Date("2026-10-25T01:30:00Z");
  const quarters = ["2026-10-18T00:00:00Z", "2026-10-18T00:45:00Z"];
  await db
    .insert(rateQuarters)
    .values(quarters.map((at) => ({ ...seriesCount({ begun: 5, ended: 4 }), at: new Date(at) })));
  const { hours } = await readHistory(db, "Europe/Berlin", now, { hasFigures: false });
  expect(hours.map(({ hoursAgo, week, begun, ended }) => ({ hoursAgo, week, begun, ended }))).toEqual([
    { hoursAgo: 0, week: 1, begun: 10, ended: 8 },
    { hoursAgo: 1, week: 1, begun: 10, ended: 8 },
  ]);
});

test("rates: the providers page shows a viewer which provider is failing and for which end reasons", async () => {
  const now = new Date();
  await saveWeeks(now, 20);
  for (let n = 0; n < 4; n += 1) await saveCall(now, 1 + n, elevenLabs);
  await saveCall(now, 30, "assistant-request-failed");
  await countQuarters(db, new Date(now.getTime() + quarterMs));
  const viewer = await signedIn("viewer");
  const response = await getProviders(send("/api/analytics/providers", { cookie: viewer.cookie }));
  expect(response.status).toBe(200);
  const { parts } = await response.json();
  expect(parts[0]).toMatchObject({
    stage: "voice",
    provider: "ElevenLabs",
    state: "failing",
    quarter: { calls: 4, failures: 4 },
    reasons: [{ code: elevenLabs, calls: 4 }],
  });
  expect(parts[0].steps).toHaveLength(24);
  expect(parts.find(({ stage }: { stage: string }) => stage === "webhook")).toMatchObject({
    provider: null,
    hour: { failures: 1 },
  });
});

test("rates: alerts count once per call, and alerts of custom rules do not count", async () => {
  const now = new Date();
  const callId = await saveCall(now, 1);
  const alert = (id: string, kind: "hang" | "rule") => ({
    id,
    callId,
    kind,
    since: now,
    openedAt: new Date(now.getTime() - minuteMs),
    hangs: 1,
    outcome: "recovered" as const,
    callVersion: 1,
  });
  await db.insert(alerts).values([alert("a", "hang"), alert("b", "hang"), alert("c", "rule")]);
  const happened = await readHappened(db, new Date(now.getTime() - quarterMs), now);
  expect(happened.alerts).toEqual([
    { causes: { assistant: "desk", version: "desk@7", number: "+15550100001" } },
  ]);
});

test("rates: usual rates are read once a minute, and again if the settings change while they are read", async () => {
  let reads = 0;
  const counting = new Proxy(db, {
    get: (target, name) => {
      if (name === "select") reads += 1;
      return Reflect.get(target, name);
    },
  });
  const read = () => usualNow(counting, incidentRulesSetting.initial, new Date());
  forgetUsual();
  const reading = read();
  forgetUsual();
  await reading;
  const first = reads;
  await read();
  expect(reads).toBe(2 * first);
  await read();
  expect(reads).toBe(2 * first);
});
