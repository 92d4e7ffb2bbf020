import { describe, expect, test } from "vitest";
import type { Speaker } from "@/lib/calls/call";
import { atTurnStarts } from "@/lib/calls/call-items";
import type { Turn } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";

const turn = (role: Speaker, from: number, to: number | null): Turn => ({
  role,
  startedAt: atSecond(from),
  stoppedAt: to === null ? null : atSecond(to),
  interrupted: false,
});
const bubble = (role: Speaker, at: number, until = at) => ({
  kind: "bubble" as const,
  role,
  at: atSecond(at),
  until: atSecond(until),
});
const mark = (at: number) => ({ kind: "moment" as const, at: atSecond(at) });
const stamps = (items: readonly { at: string }[]) => items.map(({ at }) => at);

describe("transcript times", () => {
  test("a final stamped at its end moves to the start of its turn", () => {
    const items = [bubble("assistant", 4.2), bubble("user", 9)];
    const turns = [turn("assistant", 1, 4), turn("user", 6, 8.5)];
    expect(stamps(atTurnStarts(items, turns))).toEqual([atSecond(1), atSecond(6)]);
  });

  test("a line in an open turn moves to the start of that turn", () => {
    expect(stamps(atTurnStarts([bubble("user", 30)], [turn("user", 2, null)]))).toEqual([atSecond(2)]);
  });

  test("a moment within a turn follows the line moved to the start of that turn", () => {
    const items = [mark(3), bubble("assistant", 5)];
    expect(atTurnStarts(items, [turn("assistant", 1, 4.8)])).toEqual([
      { ...bubble("assistant", 1), until: atSecond(5) },
      mark(3),
    ]);
  });

  test("a second bubble of one turn keeps its time if a moment is between them", () => {
    const items = [bubble("assistant", 2), mark(3), bubble("assistant", 6)];
    expect(stamps(atTurnStarts(items, [turn("assistant", 1, 5.9)]))).toEqual([1, 3, 6].map(atSecond));
  });

  test("a line without speech marks keeps its time", () => {
    const items = [bubble("user", 3), bubble("user", 60)];
    expect(stamps(atTurnStarts(items, []))).toEqual([atSecond(3), atSecond(60)]);
    expect(stamps(atTurnStarts(items, [turn("user", 1, 2.5)]))).toEqual([atSecond(1), atSecond(60)]);
    expect(stamps(atTurnStarts([bubble("user", 60)], [turn("user", 1, 2.5)]))).toEqual([atSecond(60)]);
  });

  test("a report line stamped just before its turn moves to the start of that turn", () => {
    const turns = [turn("user", 1, 2), turn("user", 10, 12)];
    expect(stamps(atTurnStarts([bubble("user", 1), bubble("user", 9.8)], turns))).toEqual(
      [1, 10].map(atSecond),
    );
  });
});
