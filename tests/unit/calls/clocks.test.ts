import { describe, expect, test } from "vitest";
import {
  estimateOffset,
  estimateOffsetByFinals,
  estimateOffsetByTools,
  placeUntimed,
} from "@/lib/calls/clocks";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

const began = (role: "user" | "assistant", ...seconds: number[]) =>
  seconds.map((second) => ({ role, at: Math.round(second * 1_000) }));

describe("the offset between message and event clocks", () => {
  test("is the value that most message and speech starts agree on, regardless of their order", () => {
    const messages = [...began("assistant", 1, 12, 30), ...began("user", 6, 20)];
    const speech = [...began("assistant", 5.5, 16.6, 34.5), ...began("user", 10.4, 24.5)];
    expect(estimateOffset(messages, speech)).toBe(4_500);
    expect(estimateOffset(messages.toReversed(), speech.toReversed())).toBe(4_500);
  });

  test("is zero if marks come less than 1.5 s after their messages, or slightly before", () => {
    expect(estimateOffset(began("user", 1, 10, 20), began("user", 1.2, 10.9, 19.4))).toBe(0);
    expect(estimateOffset(began("user", 1, 10), began("user", 2.4, 11.4))).toBe(0);
    expect(estimateOffset(began("user", 1, 10), began("user", 2.5, 11.5))).toBe(1_500);
  });

  test("is unknown with a single message, with marks of the other voice only, or with marks more than 7 s away", () => {
    expect(estimateOffset(began("user", 1), began("user", 5.5, 5.6))).toBeNull();
    expect(estimateOffset(began("user", 1, 10), began("assistant", 5.5, 14.5))).toBeNull();
    expect(estimateOffset(began("user", 1, 20), began("user", 8.001, 27.001))).toBeNull();
    expect(estimateOffset(began("user", 1, 20), began("user", 8, 27))).toBe(7_000);
    expect(estimateOffset([], [])).toBeNull();
  });

  test("is not changed by messages without marks, or by marks without messages", () => {
    const messages = began("user", 1, 10, 20, 40);
    expect(estimateOffset(messages, began("user", 5.5, 14.5, 24.5, 31, 60))).toBe(4_500);
    expect(estimateOffset(messages, began("user", 3.2, 14.5, 24.6, 44.5))).toBe(4_500);
  });

  test("is found regardless of message order, and of other speech before or long after", () => {
    const messages = began("user", 10, 1);
    const speech = began("user", 14.5, 5.5);
    expect(estimateOffset(messages, speech)).toBe(4_500);
    const more = began("user", 30, 40, 50, 60, 70, 80, 90, 100);
    expect(estimateOffset(messages, [...more.toReversed(), ...speech])).toBe(4_500);
    const later = began("user", 100, 110);
    expect(estimateOffset(later, began("user", 1, 2, 3, 4, 5, 6, 7, 8, 104.5, 114.5))).toBe(4_500);
  });

  test("needs two messages to agree within 1 s, each counted once", () => {
    expect(estimateOffset(began("user", 1, 20), began("user", 3, 23))).toBe(2_000);
    expect(estimateOffset(began("user", 1, 20), began("user", 3, 23.001))).toBeNull();
    expect(estimateOffset(began("user", 1, 20), began("user", 3, 3.9, 23.5))).toBe(2_900);
    expect(estimateOffset(began("user", 1, 20), began("user", 3, 3.2, 3.9, 25.5))).toBeNull();
  });

  test("is zero if marks precede their messages by up to 1.5 s, and unknown if by more", () => {
    expect(estimateOffset(began("user", 10, 20), began("user", 8.5, 18.5))).toBe(0);
    expect(estimateOffset(began("user", 10, 20), began("user", 8.499, 18.499))).toBeNull();
  });

  test("is the smaller of two values that equally many messages agree on", () => {
    const messages = began("user", 1, 20, 40, 60);
    expect(estimateOffset(messages, began("user", 3, 22, 46, 66))).toBe(2_000);
    expect(estimateOffset(messages, began("user", 7, 26, 42, 62))).toBe(2_000);
  });

  test("equals the median when estimated from two or more finals, and is zero outside 1.5 s to 7 s", () => {
    expect(estimateOffsetByFinals([4_700, 4_400, 4_600])).toBe(4_600);
    expect(estimateOffsetByFinals([4_600])).toBeNull();
    expect([1_499, 1_500, 7_000, 7_001].map((ms) => estimateOffsetByFinals([ms, ms]))).toEqual([
      0, 1_500, 7_000, 0,
    ]);
  });

  test("equals the longest delay up to 7 s when estimated from tool calls, and is zero below 1.5 s", () => {
    const wait = (...waits: (number | null)[]) =>
      estimateOffsetByTools(waits.map((ms) => ({ at: 1_000, notBefore: ms === null ? null : 1_000 + ms })));
    expect(wait(2_000, 4_600, null, 3_000)).toBe(4_600);
    expect(wait(2_000, 7_001)).toBe(2_000);
    expect([1_499, 1_500, 7_000].map((ms) => wait(ms))).toEqual([0, 1_500, 7_000]);
    expect(wait(null)).toBe(0);
    expect(wait()).toBe(0);
  });
});

describe("lines with an order but no times", () => {
  const line = (id: string, second: number, source: "report" | "conversation" = "report") =>
    makeSourceLine({ id, at: atSecond(second), source, isTimed: false });
  const place = (known: Record<string, number>, ...heard: ReturnType<typeof line>[]) =>
    Object.fromEntries(placeUntimed(heard, new Map(Object.entries(known))));

  test("are placed right after the line before them, else right before the line after them", () => {
    const list = [line("c", 3), line("a", 1), line("b", 2), line("d", 4)];
    expect(place({ b: 5_000 }, ...list)).toEqual({ a: 4_999, b: 5_000, c: 5_001, d: 5_002 });
    expect(place({ a: 1_000, c: 9_000 }, ...list)).toEqual({ a: 1_000, b: 1_001, c: 9_000, d: 9_001 });
  });

  test("have no place while no line of their source has a known time", () => {
    expect(place({}, line("a", 1), line("b", 2))).toEqual({});
    expect(place({ a: 1_000 }, line("a", 1), line("x", 2, "conversation"))).toEqual({ a: 1_000 });
  });

  test("keep the order of their source, regardless of their IDs", () => {
    const list = [line("c", 1), line("a", 2), line("b", 3)];
    const places = { c: 5_000, a: 5_001, b: 5_002 };
    for (const given of [list, list.toReversed()]) expect(place({ c: 5_000 }, ...given)).toEqual(places);
  });

  test("are ordered by ID at equal positions, and are not placed by a line with times", () => {
    const twins = [line("b", 1), line("a", 1), line("c", 1)];
    for (const given of [twins, twins.toReversed()]) {
      expect(place({ b: 5_000 }, ...given)).toEqual({ a: 4_999, b: 5_000, c: 5_001 });
    }
    const timed = makeSourceLine({ id: "t", at: atSecond(1), source: "report" });
    expect(placeUntimed([timed, line("a", 2)], new Map([["t", 3_000]]))).toEqual(new Map());
  });
});
