import { describe, expect, test } from "vitest";
import type { Speaker } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";
import { lacksSpeechTimes, percentile, toReplyLatencies, toSilences, toTalkShare } from "@/lib/calls/turns";
import { atSecond } from "@/tests/support/deliveries/at-second";

const turn = (role: Speaker, from: number, to: number | null): Turn => ({
  role,
  startedAt: atSecond(from),
  stoppedAt: to === null ? null : atSecond(to),
  interrupted: false,
});
const turns = [turn("user", 1, 4), turn("assistant", 3, 8), turn("user", 9, 10), turn("assistant", 15, null)];

describe("figures of a call's turns", () => {
  test("include silences of 2 s or more, between turns and at both ends", () => {
    expect(toSilences(turns, atSecond(-2), atSecond(20))).toEqual([
      { startedAt: atSecond(-2), stoppedAt: atSecond(1), ms: 3_000 },
      { startedAt: atSecond(10), stoppedAt: atSecond(15), ms: 5_000 },
    ]);
    expect(toSilences([], atSecond(0), atSecond(9))).toHaveLength(1);
  });

  test("lack speech times if the call has lines but no turns", () => {
    const line = { text: "Hello?" };
    expect(lacksSpeechTimes([], [line])).toBe(true);
    expect(lacksSpeechTimes([turn("user", 1, 4)], [line])).toBe(false);
    expect(lacksSpeechTimes([], [])).toBe(false);
  });

  test("count a silence from the end of the last voice, even after overlapping turns", () => {
    const over = [
      turn("assistant", 1, 10),
      turn("user", 3, 4),
      turn("assistant", 12, 13),
      turn("user", 14.999, 16),
    ];
    expect(toSilences(over, atSecond(0), atSecond(17))).toEqual([
      { startedAt: atSecond(10), stoppedAt: atSecond(12), ms: 2_000 },
    ]);
  });

  test("count silence up to the call's end, and not beyond it", () => {
    const silentMs = (until: number) =>
      toTalkShare([turn("user", 1, 3)], atSecond(0), atSecond(until)).silentMs;
    expect(silentMs(10)).toBe(8_000);
    expect(silentMs(2)).toBe(1_000);
  });

  test("include each speaker's talk time and the total silence", () => {
    expect(toTalkShare(turns, atSecond(0), atSecond(20))).toEqual({
      userMs: 4_000,
      assistantMs: 10_000,
      silentMs: 7_000,
    });
  });

  test("end a turn without a stop where silence began, regardless of the length of the call", () => {
    const lost = [turn("user", 1, 4), turn("assistant", 5, null)];
    expect(toTalkShare(lost, atSecond(0), atSecond(3_600), atSecond(65))).toEqual({
      userMs: 3_000,
      assistantMs: 60_000,
      silentMs: 3_537_000,
    });
    expect(toTalkShare(lost, atSecond(0), atSecond(20), null).assistantMs).toBe(15_000);
  });

  test("count only the part of a turn that lies within the call", () => {
    expect(toTalkShare([turn("user", -2, 4), turn("assistant", 21, 24)], atSecond(0), atSecond(20))).toEqual({
      userMs: 4_000,
      assistantMs: 0,
      silentMs: 16_000,
    });
  });

  test("include the response time of each answer, which is zero for an early answer", () => {
    expect(toReplyLatencies(turns)).toEqual([
      { at: atSecond(3), ms: 0 },
      { at: atSecond(15), ms: 5_000 },
    ]);
  });

  test("include no response time if the caller continues or has not stopped", () => {
    expect(toReplyLatencies([turn("user", 0, 2), turn("user", 5, 6)])).toEqual([]);
    expect(toReplyLatencies([turn("user", 0, null), turn("assistant", 5, 6)])).toEqual([]);
  });

  test("include no response time if the assistant speaks twice in a row", () => {
    expect(toReplyLatencies([turn("assistant", 0, 2), turn("assistant", 5, 6)])).toEqual([]);
  });

  test("have percentiles taken from the actual values, and none without values", () => {
    expect(percentile([5, 1, 3], 0.5)).toBe(3);
    expect(percentile([5, 1, 3], 0.95)).toBe(5);
    expect(percentile([], 0.5)).toBeNull();
  });
});
