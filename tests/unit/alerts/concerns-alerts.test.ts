import { describe, expect, test } from "vitest";
import type { Delivery, Facts } from "@/db/queries/record/facts";
import type { CallRow } from "@/db/schema/calls";
import { type AlertRules, alertRulesSetting } from "@/lib/alerts/rules";
import { concernsAlerts } from "@/lib/alerts/server/notice";
import { projectReport } from "@/lib/reports/server/project-report";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCallRow } from "@/tests/support/makers/make-call-row";

const at = (second: number) => new Date(atSecond(second));
const rules = alertRulesSetting.initial;

function delivery(second: number, facts: Facts = {}, differences: Partial<Delivery> = {}): Delivery {
  const basis = { status: "in-progress", statusRank: 1, createdAt: at(0), lastEventAt: at(second) };
  return {
    event: {
      key: "b6f0a7c4-0000-4000-8000-000000000001",
      type: "test",
      outcome: "recorded",
      at: at(second),
      receivedAt: at(second),
      bytes: 1,
      message: {},
    },
    conversationId: makeCallRow().conversationId,
    callId: makeCallRow().id,
    isLogged: true,
    facts: { ...facts, call: { ...basis, ...facts.call } },
    ...differences,
  };
}

const key = "b6f0a7c4-0000-4000-8000-000000000002";
const mark = (kind: "hang" | "speech-started" | "transfer", second: number) => ({
  key,
  kind,
  at: at(second),
});
const line = (second: number) => ({
  key,
  role: "user" as const,
  source: "transcript" as const,
  text: "Hello?",
  at: at(second),
});

const concerns = (told: Delivery, row: Partial<CallRow> = {}, by: AlertRules = rules) =>
  concernsAlerts(told, makeCallRow(row), by);

describe("alerts are derived again after an event", () => {
  test("that warns of a hang, unless it is not logged or has no facts", () => {
    const hang = { marks: [mark("hang", 2)] };
    expect(concerns(delivery(2, hang))).toBe(true);
    expect(concerns(delivery(2, { marks: [mark("speech-started", 1), mark("hang", 2)] }))).toBe(true);
    expect(concerns(delivery(2, hang, { isLogged: false }))).toBe(false);
    expect(concerns(delivery(2, hang, { facts: null }))).toBe(false);
    expect(concerns(delivery(2, { marks: [mark("transfer", 2)] }))).toBe(false);
  });

  test.each([
    ["had an alert", { alertedAt: at(1) }],
    ["was said to hang", { hangAt: at(1) }],
  ])("that may end an alert (speech, a report or the end of the call), on a call that %s", (_, row) => {
    const { report } = projectReport({ endedReason: "customer-ended-call" }, at(2));
    const ends: Facts[] = [
      { marks: [mark("speech-started", 2)] },
      { lines: [line(2)] },
      { call: { endedAt: at(2) } },
      { ...(report && { report }) },
    ];
    for (const facts of ends) {
      expect(concerns(delivery(2, facts), row)).toBe(true);
      expect(concerns(delivery(2, facts))).toBe(false);
    }
    for (const facts of [{}, { marks: [], lines: [] }, { call: { costUsd: 0.1 } }])
      expect(concerns(delivery(2, facts), row)).toBe(false);
  });

  test("that breaks a silence at least as long as the shorter enabled silence rule", () => {
    const quietSince8 = { userStartedAt: at(5), userStoppedAt: at(8) };
    expect(concerns(delivery(17.999), quietSince8)).toBe(false);
    expect(concerns(delivery(18), quietSince8)).toBe(true);
    const onlySilence = { ...rules, noAnswerSeconds: null };
    expect(concerns(delivery(27.999), quietSince8, onlySilence)).toBe(false);
    expect(concerns(delivery(28), quietSince8, onlySilence)).toBe(true);
    const none = { ...rules, noAnswerSeconds: null, silenceSeconds: null };
    expect(concerns(delivery(500), quietSince8, none)).toBe(false);
  });

  test.each(["startedAt", "userStoppedAt", "userFinalAt", "assistantStoppedAt", "assistantSpokeAt"] as const)(
    "that breaks a silence counted from the last sign of life: %s",
    (column) => {
      const since20 = { startedAt: at(0), [column]: at(20) };
      expect(concerns(delivery(29.9), since20)).toBe(false);
      expect(concerns(delivery(30), since20)).toBe(true);
    },
  );

  test.each(["user", "assistant"] as const)("but not while the %s is speaking", (role) => {
    const [startedAt, stoppedAt] = [`${role}StartedAt`, `${role}StoppedAt`];
    expect(concerns(delivery(60), { [startedAt]: at(8) })).toBe(false);
    expect(concerns(delivery(60), { [startedAt]: at(8), [stoppedAt]: at(5) })).toBe(false);
    // A stop at the same moment as the start ends the speech.
    expect(concerns(delivery(60), { [startedAt]: at(8), [stoppedAt]: at(8) })).toBe(true);
    // The start comes from this event itself, so the silence before it counts.
    const begins = delivery(60, { call: { [startedAt]: at(60) } });
    expect(concerns(begins, { [startedAt]: at(60), [stoppedAt]: at(8) })).toBe(true);
  });

  test.each([
    ["a final", { lines: [line(60)] }],
    ["the caller's stop", { call: { userStoppedAt: at(60) } }],
    ["the assistant's stop", { call: { assistantStoppedAt: at(60) } }],
  ])("but not after %s, since someone spoke until then", (_, facts) => {
    expect(concerns(delivery(60, facts), { userStoppedAt: at(8) })).toBe(false);
  });

  test("but not on a call that is ringing, being transferred, ended, just answered, or without a known answer time", () => {
    for (const status of ["ringing", "forwarding", "ended"])
      expect(concerns(delivery(60), { status, userStoppedAt: at(8) })).toBe(false);
    expect(concerns(delivery(60), { startedAt: null })).toBe(false);
    expect(concerns(delivery(60), { startedAt: at(60) })).toBe(false);
  });
});
