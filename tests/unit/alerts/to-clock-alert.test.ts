import fc from "fast-check";
import { expect, test } from "vitest";
import { toAlertId } from "@/lib/alerts/alert";
import { findEpisodes } from "@/lib/alerts/episodes";
import { alertRulesSchema, alertRulesSetting, toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

const rules = alertRulesSetting.initial;
const at = (second: number) => Date.parse(atSecond(second));
const lastLine = (role: "user" | "assistant"): Call["lastLine"] => ({
  role,
  text: "…",
  at: atSecond(8),
  final: true,
});

test("browser clock: silence after the caller's words raises an alert after ten seconds", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastLine: lastLine("user") });
  expect(toClockAlert(call, rules, at(17.9))).toBeNull();
  expect(toClockAlert(call, rules, at(18))).toMatchObject({
    kind: "no-answer",
    since: atSecond(8),
    openedAt: atSecond(18),
  });
});

test("browser clock: silence after the assistant's words raises an alert after twenty seconds", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastLine: lastLine("assistant") });
  expect(toClockAlert(call, rules, at(27.9))).toBeNull();
  expect(toClockAlert(call, rules, at(28))).toMatchObject({ kind: "silence", since: atSecond(8) });
});

test("browser clock: before the first words the longer limit applies", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastLine: null });
  expect(toClockAlert(call, rules, at(27.9))).toBeNull();
  expect(toClockAlert(call, rules, at(28))).toMatchObject({ kind: "silence", openedAt: atSecond(28) });
});

test("browser clock: a rule that is turned off raises no alert", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastLine: lastLine("user") });
  const noAnswerOff = { ...rules, noAnswerSeconds: null };
  expect(toClockAlert(call, noAnswerOff, at(27.9))).toBeNull();
  expect(toClockAlert(call, noAnswerOff, at(28))).toMatchObject({ kind: "silence" });
  expect(toClockAlert(call, { ...noAnswerOff, silenceSeconds: null }, at(60))).toBeNull();
});

test("browser clock: a call without events for more than five minutes raises no alert", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastEventAt: atSecond(10), lastLine: lastLine("user") });
  expect(toClockAlert(call, rules, at(310))).not.toBeNull();
  expect(toClockAlert(call, rules, at(310.001))).toBeNull();
});

test("browser clock: the alert contains the call and no actions", () => {
  const call = makeCall({ lastSpeechAt: atSecond(8), lastLine: lastLine("user") });
  expect(toClockAlert(call, rules, at(18))).toEqual(
    makeAlert({ kind: "no-answer", openedAt: atSecond(18), hangs: 0, callVersion: call.version }),
  );
});

test.each([
  ["while somebody speaks", { speaking: "assistant" }],
  ["before it is answered", { status: "ringing", startedAt: null, lastSpeechAt: null }],
  ["while it is handed over", { status: "forwarding" }],
  ["once it is over", { status: "ended", endedAt: atSecond(12) }],
  ["that Vapi says hangs: it has an alert", { hangingSince: atSecond(12) }],
] as const)("browser clock: a call %s raises no alert", (_, differences) => {
  expect(toClockAlert(makeCall(differences), rules, at(60))).toBeNull();
});

test("browser clock: the alert has the same ID, kind and opening time as the server's", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
        minLength: 1,
        maxLength: 12,
      }),
      (turns) => {
        let clock = 0;
        const marks = turns.flatMap(([gap, length], index) => {
          const from = clock + gap / 10;
          clock = from + length / 10;
          return speaks(index % 2 === 0 ? "assistant" : "user", from, clock);
        });
        const role = turns.length % 2 === 0 ? "user" : "assistant";
        const call = makeCall({
          lastSpeechAt: atSecond(clock),
          lastLine: { role, text: "…", at: atSecond(clock), final: true },
        });
        const [episode] = findEpisodes(makeSpeechFacts(marks), rules, at(clock + 60));
        const alert = toClockAlert(call, rules, at(clock + 60));
        expect(alert?.id).toBe(toAlertId(call.id, episode?.since ?? ""));
        expect([alert?.kind, alert?.openedAt]).toEqual([episode?.kind, episode?.openedAt]);
      },
    ),
  );
});

test("alert rules: the amber silence threshold must be lower than the red one", () => {
  const isTaken = (waitingSeconds: number, longSeconds: number) =>
    alertRulesSchema.safeParse({ ...rules, waitingSeconds, longSeconds }).success;
  expect([isTaken(5, 6), isTaken(5, 5), isTaken(6, 5)]).toEqual([true, false, false]);
});
