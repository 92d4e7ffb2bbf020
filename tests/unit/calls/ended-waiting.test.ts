import { describe, expect, test } from "vitest";
import { describeEndedReason, isEndedWaiting, toEndCode } from "@/lib/calls/ended-reason";
import { atSecond } from "@/tests/support/deliveries/at-second";

const at = (second: number) => new Date(atSecond(second));
const heard = {
  endedAt: at(40),
  hangAt: null,
  assistantSpokeAt: at(10),
  assistantStoppedAt: at(12),
  userStoppedAt: at(15),
  userFinalAt: null,
};

describe("the ended-waiting flag", () => {
  test("is set if the call ends during an open hang, or long after the caller stopped speaking without an answer", () => {
    expect(isEndedWaiting(heard)).toBe(true);
    expect(isEndedWaiting({ ...heard, endedAt: at(20) })).toBe(false);
    expect(isEndedWaiting({ ...heard, endedAt: at(20), hangAt: at(18) })).toBe(true);
  });

  test("is not set after a hang is over, by a hang after the call's end, if the assistant spoke last, or during a live call", () => {
    expect(isEndedWaiting({ ...heard, hangAt: at(9), userStoppedAt: at(8) })).toBe(false);
    expect(isEndedWaiting({ ...heard, hangAt: at(41), userStoppedAt: at(8) })).toBe(false);
    expect(isEndedWaiting({ ...heard, assistantSpokeAt: at(16), assistantStoppedAt: at(39) })).toBe(false);
    expect(isEndedWaiting({ ...heard, endedAt: null })).toBe(false);
    expect(isEndedWaiting({ ...heard, endedAt: null, hangAt: at(18) })).toBe(false);
  });

  test("is set from 10 s without an answer, and not by a hang at the call's end or at the assistant's speech", () => {
    expect(isEndedWaiting({ ...heard, endedAt: at(25) })).toBe(true);
    expect(isEndedWaiting({ ...heard, endedAt: at(24.999) })).toBe(false);
    const answered = { ...heard, userStoppedAt: at(8) };
    expect(isEndedWaiting({ ...answered, hangAt: at(40) })).toBe(false);
    expect(isEndedWaiting({ ...answered, hangAt: at(10) })).toBe(false);
    expect(isEndedWaiting({ ...answered, hangAt: at(10.001) })).toBe(true);
    expect(isEndedWaiting({ ...heard, assistantStoppedAt: at(15) })).toBe(false);
    expect(isEndedWaiting({ ...heard, assistantSpokeAt: at(15) })).toBe(false);
  });

  test("means that the caller gave up only if the caller hung up", () => {
    const groupOf = (endedReason: string, endedWaiting: boolean) =>
      describeEndedReason(toEndCode({ endedReason, endedWaiting }) ?? "").group;
    expect(groupOf("customer-ended-call", true)).toBe("caller-gave-up");
    expect(groupOf("customer-ended-call", false)).toBe("ended-well");
    expect(groupOf("assistant-ended-call", true)).toBe("ended-well");
    expect(groupOf("lost-contact", true)).toBeNull();
  });
});
