import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Body } from "@/tests/fixtures/body";
import { startControlServer } from "@/tests/support/servers/control-server";

const vapi = await startControlServer();
process.env.OUTGOING_ALLOWED_HOSTS = vapi.host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { recordDelivery } = await import("@/db/queries/record/record-delivery");
const { insertFirings, listFirings, listRules } = await import("@/db/queries/rules");
const { getReview } = await import("@/db/queries/reports/review");
const { scrubCalls } = await import("@/db/queries/privacy/scrub-calls");
const { alerts, notificationChannels, notifications } = await import("@/db/schema/alerts");
const { operatorActions } = await import("@/db/schema/control");
const { alertRuleFirings, alertRules } = await import("@/db/schema/rules");
const { performAction } = await import("@/lib/alerts/server/actions");
const { listOpenAlerts } = await import("@/lib/alerts/server/derive");
const { updateAlerts } = await import("@/lib/alerts/server/update");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { boardChannel } = await import("@/lib/realtime/push");
const { ruleSchema } = await import("@/lib/rules/rule");
const { backtestRule } = await import("@/lib/rules/server/backtest");
const { changeRule, createRule } = await import("@/lib/rules/server/manage");
const { forgetRules, getRules, mayFireRules } = await import("@/lib/rules/server/in-force");
const { fireRules, noticeDueRules } = await import("@/lib/rules/server/notice");
const { performFiring } = await import("@/lib/rules/server/perform");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { transcriptFinal } = await import("@/tests/fixtures/transcript-final");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { readDelivery } = await import("@/tests/support/deliveries/read-delivery");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { tester } = await import("@/tests/support/makers/make-credential");
const { collectPushes, join } = await import("@/tests/support/servers/collect-pushes");
const { connectClient } = await import("@/tests/support/servers/pusher-clients");
const { testPusher } = await import("@/tests/support/servers/test-pusher");

afterAll(() => vapi.stop());
beforeEach(async () => {
  await db.delete(alertRules);
  forgetRules();
});
afterEach(() => vapi.reset());

type Input = Parameters<typeof ruleSchema.parse>[0];

const refund = { kind: "phrase", speaker: "user", phrase: "refund" };

/** Adds a rule that has been in force for a day. */
async function addRule(differences: object = {}) {
  const input: Input = { name: "Refund", when: refund, do: [{ kind: "alert" }], ...differences };
  const rule = await createRule(db, ruleSchema.parse(input), tester);
  if (!rule) throw new Error("There is room for a rule.");
  await db
    .update(alertRules)
    .set({ activeSince: new Date(Date.now() - 86_400_000) })
    .where(eq(alertRules.id, rule.id));
  forgetRules();
  return rule;
}

const says = (
  call: ReturnType<typeof startLiveCall>,
  role: "user" | "assistant",
  words: string,
  seconds: number,
) => call.tell((options) => transcriptFinal(role, words, options))(seconds);

const alertsOf = (callId: string) =>
  db
    .select()
    .from(alerts)
    .where(and(eq(alerts.callId, callId), eq(alerts.kind, "rule")))
    .orderBy(alerts.openedAt);

async function answeredCall() {
  const call = startLiveCall();
  await call.answered(30);
  return call;
}

describe("a rule that fires", () => {
  test("opens one alert with its evidence at once, even if its words are repeated, and pushes it to the board", async () => {
    const rule = await addRule({ severity: "critical" });
    const call = await answeredCall();
    const pushes = collectPushes(await join(await connectClient(testPusher.port), boardChannel));
    await says(call, "assistant", "Do you want a refund?", 20);
    expect(await alertsOf(call.callId)).toEqual([]);
    await says(call, "user", "I want a refund", 15);
    await says(call, "user", "I want a refund", 15);
    await says(call, "user", "Where is my refund", 10);
    const evidence = { at: call.isoAgo(15), text: "I want a refund" };
    const fired = { id: rule.id, name: "Refund", severity: "critical", evidence };
    expect(await alertsOf(call.callId)).toMatchObject([
      { kind: "rule", outcome: "open", rule: fired, openedAt: call.secondsAgo(15) },
    ]);
    await expect
      .poll(() =>
        pushes.flatMap((push) =>
          push.kind === "alert" && push.alert.callId === call.callId ? [push.alert.rule] : [],
        ),
      )
      .toEqual([fired]);
    expect(await listRules(db)).toMatchObject([{ firings: 1, lastFiredAt: call.isoAgo(15) }]);
  });

  test("fires once, even in five concurrent checks", async () => {
    await addRule();
    const call = startLiveCall();
    await db.update(alertRules).set({ enabled: false });
    forgetRules();
    await call.answered(30);
    await says(call, "user", "I want a refund", 15);
    await db.update(alertRules).set({ enabled: true });
    forgetRules();
    const look = [{ callId: call.callId, now: new Date() }];
    const fired = await Promise.all(Array.from({ length: 5 }, () => fireRules(db, look)));
    expect(fired.filter(({ updated }) => updated.isNews)).toHaveLength(1);
    expect(await listFirings(db, [call.callId])).toHaveLength(1);
    expect(await alertsOf(call.callId)).toHaveLength(1);
  });

  test("finds words in separate events, even when another process recorded some of them", async () => {
    await addRule({ when: { ...refund, phrase: "refund my order" } });
    const call = await answeredCall();
    const elsewhere = (words: string, seconds: number) =>
      recordDelivery(
        db,
        readDelivery(call.body((options) => transcriptFinal("user", words, options), seconds)),
      );
    await says(call, "user", "It is about my", 20);
    await elsewhere("order", 18);
    expect(await alertsOf(call.callId)).toEqual([]);
    await says(call, "user", "and a refund", 15);
    expect(await alertsOf(call.callId)).toHaveLength(1);
  });

  test("is not checked until an event can complete its words", async () => {
    await addRule({ when: { ...refund, phrase: "refund my order" } });
    await getRules();
    const call = await answeredCall();
    const mayFire = async (words: string, seconds: number) => {
      const body = call.body((options) => transcriptFinal("user", words, options), seconds);
      const delivery = readDelivery(body);
      const { call: row } = await recordDelivery(db, delivery);
      return row && mayFireRules(delivery, row);
    };
    expect(await mayFire("My order has come", 20)).toBe(false);
    expect(await mayFire("My order is broken", 18)).toBe(false);
    expect(await mayFire("A refund", 15)).toBe(true);
  });

  test("keeps its one alert and its time when earlier words arrive late", async () => {
    await addRule();
    const call = await answeredCall();
    await says(call, "user", "I want a refund", 10);
    await says(call, "user", "a refund please", 20);
    expect(await listFirings(db, [call.callId])).toHaveLength(1);
    expect(await alertsOf(call.callId)).toMatchObject([{ openedAt: call.secondsAgo(10) }]);
  });

  test("for silence fires each time without an event, and its alert recovers", async () => {
    await addRule({ name: "Quiet", when: { kind: "silence", seconds: 4 } });
    const call = startLiveCall();
    await call.answered(21);
    await call.starts("user", 20);
    await call.stops("user", 18);
    await noticeDueRules(db, call.secondsAgo(12));
    expect(await alertsOf(call.callId)).toMatchObject([
      { kind: "rule", outcome: "open", openedAt: call.secondsAgo(14) },
    ]);
    await call.starts("user", 10);
    await call.stops("user", 9);
    await noticeDueRules(db, call.secondsAgo(3));
    const ofRule = await alertsOf(call.callId);
    expect(ofRule).toMatchObject([
      { openedAt: call.secondsAgo(14), closedAt: call.secondsAgo(10), outcome: "recovered" },
      { openedAt: call.secondsAgo(5), outcome: "open" },
    ]);
  });

  test("at the end of a call keeps its alert open for a while before it closes", async () => {
    await addRule({ when: { kind: "end-reason", reasons: ["customer-ended-call"] } });
    const call = await answeredCall();
    await call.tell((options) =>
      statusUpdate("ended", { ...options, with: { ...options.with, endedReason: "customer-ended-call" } }),
    )(5);
    const mine = async () => (await listOpenAlerts(db, new Date(), call.callId)).map(({ kind }) => kind);
    expect(await mine()).toEqual(["rule"]);
    await updateAlerts(db, [{ callId: call.callId, now: new Date(Date.now() + 16 * 60_000) }]);
    expect(await alertsOf(call.callId)).toMatchObject([{ outcome: "call-ended" }]);
    expect(await mine()).toEqual([]);
  });

  test("does not fire for words from before it was active or while it is off", async () => {
    const rule = await createRule(
      db,
      ruleSchema.parse({ name: "New", when: refund, do: [{ kind: "alert" }] }),
      tester,
    );
    const call = await answeredCall();
    await says(call, "user", "I want a refund", 5);
    expect(await listFirings(db, [call.callId])).toEqual([]);
    await changeRule(db, rule?.id ?? "", { enabled: false }, tester);
    const other = await answeredCall();
    await says(other, "user", "I want a refund", 0);
    expect(await listFirings(db, [other.callId])).toEqual([]);
  });

  test("opens an alert that hangs do not change and that can be resolved", async () => {
    await addRule();
    const call = await answeredCall();
    await says(call, "user", "I want a refund", 20);
    await call.hangs(12);
    await call.starts("assistant", 5);
    const [fired] = await alertsOf(call.callId);
    expect(fired).toMatchObject({ outcome: "open" });
    const done = await performAction(
      db,
      fired?.id ?? "",
      { kind: "resolve", text: null },
      { id: "amy", name: "Amy" },
      tester,
    );
    expect(done).toMatchObject({
      outcome: "done",
      subject: { kind: "rule", acts: { resolved: { by: { name: "Amy" } } } },
    });
  });

  test("keeps no evidence text once retention has deleted the transcript", async () => {
    await addRule();
    const call = await answeredCall();
    await says(call, "user", "I want a refund for Rosa", 20);
    await scrubCalls(db, "transcripts", [call.callId]);
    expect(await alertsOf(call.callId)).toMatchObject([
      { rule: { name: "Refund", evidence: { text: null } } },
    ]);
  });
});

describe("the actions of a rule", () => {
  test("tag the call and notify only the channels that the rule names", async () => {
    const made = await Promise.all(
      ["one", "two"].map((name) =>
        createChannel(
          db,
          {
            kind: "webhook",
            name,
            url: "https://hooks.example.com/a",
            afterMinutes: 60,
            quietHours: null,
          },
          tester,
        ),
      ),
    );
    const named = made[0]?.id ?? "";
    await addRule({
      do: [
        { kind: "notify", channelId: named },
        { kind: "tag", tag: "Refund" },
      ],
    });
    const call = await answeredCall();
    await says(call, "user", "I want a refund", 5);
    const enqueued = await db.select({ channelId: notifications.channelId }).from(notifications);
    expect(enqueued).toEqual([{ channelId: named }]);
    expect((await getReview(db, call.callId))?.review.tags).toEqual(["refund"]);
    await db.delete(notificationChannels);
  });

  const live = { name: "Angry", do: [{ kind: "say", text: "I will get somebody." }, { kind: "end" }] };

  /** A live call that can be controlled: every event carries its control URL. `age`: of the newest event, in seconds. */
  async function steeredCall(age = 0) {
    const callId = randomUUID();
    const deliverBody = ({ message }: Body, secondsAgo: number) =>
      deliver({
        message: {
          ...message,
          timestamp: Date.now() - secondsAgo * 1_000,
          call: Object.assign({}, message.call, { monitor: vapi.monitorOf(callId) }),
        },
      });
    await deliverBody(statusUpdate("in-progress", { callId }), age + 20);
    return { callId, asks: () => deliverBody(transcriptFinal("user", "I want a refund", { callId }), age) };
  }

  test("affect the call only after a back-test, which a change invalidates", async () => {
    const rule = await addRule(live);
    const call = await steeredCall();
    await call.asks();
    expect(vapi.ordersOf(call.callId)).toEqual([]);
    expect(await changeRule(db, rule.id, { liveActions: true }, tester)).toEqual({ outcome: "untested" });
    await backtestRule(db, rule.id);
    expect(await changeRule(db, rule.id, { liveActions: true }, tester)).toMatchObject({
      rule: { liveActions: true },
    });
    const other = await steeredCall();
    await other.asks();
    expect(vapi.ordersOf(other.callId)).toHaveLength(2);
    expect(await changeRule(db, rule.id, { when: { kind: "threat" } }, tester)).toMatchObject({
      rule: { liveActions: false, testedAt: null },
    });
  });

  test("affect the call once, even with concurrent runs and after a crash", async () => {
    const rule = await addRule(live);
    await backtestRule(db, rule.id);
    await changeRule(db, rule.id, { liveActions: true }, tester);
    const call = await steeredCall();
    // Another process recorded the firing and died before acting on it.
    const firing = {
      id: `${call.callId}~1~${rule.id}`,
      ruleId: rule.id,
      callId: call.callId,
      at: new Date(),
      until: null,
      isDue: true,
    };
    await insertFirings(db, [{ ...firing, createdAt: new Date(Date.now() - 30_000) }]);
    await noticeDueRules(db);
    await Promise.all(
      Array.from({ length: 3 }, () => performFiring(db, { ...firing, createdAt: new Date() }, false)),
    );
    await noticeDueRules(db);
    expect(
      await db.select().from(operatorActions).where(eq(operatorActions.callId, call.callId)),
    ).toMatchObject([
      { action: "say", actorName: "Rule “Angry”", outcome: "done" },
      { action: "end", outcome: "done" },
    ]);
    expect(vapi.ordersOf(call.callId)).toHaveLength(2);
    expect(await db.select().from(alertRuleFirings).where(eq(alertRuleFirings.isDue, true))).toEqual([]);
  });

  test("do not affect the call for an old firing or one left for two minutes by a dead process, but add tags", async () => {
    const rule = await addRule({ ...live, do: [{ kind: "tag", tag: "refund" }, ...live.do] });
    await backtestRule(db, rule.id);
    await changeRule(db, rule.id, { liveActions: true }, tester);
    const old = await steeredCall(660);
    await old.asks();
    expect(await db.select().from(alertRuleFirings)).toMatchObject([{ callId: old.callId, isDue: false }]);
    const left = await steeredCall();
    const createdAt = new Date(Date.now() - 130_000);
    const firing = {
      ruleId: rule.id,
      callId: left.callId,
      at: createdAt,
      until: null,
      createdAt,
      isDue: true,
    };
    await insertFirings(db, [{ id: `${left.callId}~1~${rule.id}`, ...firing }]);
    await noticeDueRules(db);
    expect((await getReview(db, left.callId))?.review.tags).toEqual(["refund"]);
    for (const { callId } of [old, left]) expect(vapi.ordersOf(callId)).toEqual([]);
  });
});
