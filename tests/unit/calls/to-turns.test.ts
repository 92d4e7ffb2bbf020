import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Speaker } from "@/lib/calls/call";
import type { Mark, Turn } from "@/lib/calls/parts";
import { toTurns } from "@/lib/calls/turns";
import { atSecond } from "@/tests/support/deliveries/at-second";

let count = 0;
function mark(kind: Mark["kind"], role: Speaker | null, second: number, turn: number | null = null): Mark {
  count += 1;
  return { id: `m${count}`, kind, role, turn, at: atSecond(second), detail: null };
}
const started = (role: Speaker, second: number, turn?: number) => mark("speech-started", role, second, turn);
const stopped = (role: Speaker, second: number, turn?: number) => mark("speech-stopped", role, second, turn);
const turn = (role: Speaker, from: number, to: number | null, interrupted = false): Turn => ({
  role,
  startedAt: atSecond(from),
  stoppedAt: to === null ? null : atSecond(to),
  interrupted,
});

describe("turns from speech marks", () => {
  test("a start and its stop form one turn, and a start without a stop an open one", () => {
    const marks = [started("user", 1), stopped("user", 3), started("assistant", 4)];
    expect(toTurns(marks)).toEqual([turn("user", 1, 3), turn("assistant", 4, null)]);
  });

  test("a turn whose stop was lost ends at the voice's next start", () => {
    const marks = [started("user", 1), started("user", 9), stopped("user", 10)];
    expect(toTurns(marks)).toEqual([turn("user", 1, 9), turn("user", 9, 10)]);
  });

  test("a turn whose stop was lost ends at the call's end", () => {
    expect(toTurns([started("assistant", 1)], atSecond(7))).toEqual([turn("assistant", 1, 7)]);
  });

  test("a stop without a start forms no turn", () => {
    expect(toTurns([stopped("user", 3)])).toEqual([]);
  });

  test("a late stop of a numbered turn does not end the next turn", () => {
    const marks = [
      started("user", 1, 0),
      started("user", 5, 1),
      stopped("user", 5.2, 0),
      stopped("user", 9, 1),
    ];
    expect(toTurns(marks)).toEqual([turn("user", 1, 5), turn("user", 5, 9)]);
  });

  test("two starts with the same turn number form one turn", () => {
    const marks = [started("user", 1, 0), started("user", 1.5, 0), stopped("user", 4, 0)];
    expect(toTurns(marks)).toEqual([turn("user", 1, 4)]);
  });

  test("an assistant that stops while the caller talks over it is interrupted", () => {
    const marks = [started("assistant", 1), started("user", 4), stopped("assistant", 5), stopped("user", 8)];
    expect(toTurns(marks)).toEqual([turn("assistant", 1, 5, true), turn("user", 4, 8)]);
  });

  test("a short word during the assistant's speech does not interrupt it", () => {
    const marks = [
      started("assistant", 1),
      started("user", 4),
      stopped("user", 4.8),
      stopped("assistant", 9),
    ];
    expect(toTurns(marks).map((each) => each.interrupted)).toEqual([false, false]);
  });

  test("voices that overlap briefly at a change of turn do not interrupt each other", () => {
    const marks = [
      started("user", 1),
      started("assistant", 2),
      stopped("user", 2.163),
      stopped("assistant", 9),
    ];
    expect(toTurns(marks).map((each) => each.interrupted)).toEqual([false, false]);
  });

  test("an interruption reported by Vapi marks the assistant's turn, even before its stop is known", () => {
    const marks = [started("assistant", 1), started("user", 4), mark("interrupted", null, 4.1)];
    expect(toTurns(marks)[0]).toEqual(turn("assistant", 1, null, true));
  });

  test("a voice is interrupted only if it stops 0.5 s or more after the other starts and before the other stops", () => {
    const overlap = (stop: number, other: number | null) =>
      toTurns([
        started("assistant", 1),
        started("user", 4),
        stopped("assistant", stop),
        ...(other === null ? [] : [stopped("user", other)]),
      ]).map((each) => each.interrupted);
    expect(overlap(4.5, 9)).toEqual([true, false]);
    expect(overlap(4.499, 9)).toEqual([false, false]);
    expect(overlap(5, null)).toEqual([true, false]);
    expect(overlap(5, 5)).toEqual([false, false]);
  });

  test("a caller who stops while the assistant talks over them is interrupted", () => {
    const marks = [started("user", 1), started("assistant", 4), stopped("user", 5), stopped("assistant", 8)];
    expect(toTurns(marks)).toEqual([turn("user", 1, 5, true), turn("assistant", 4, 8)]);
  });

  test("an interruption reported by Vapi marks the newest assistant turn started by then, or at that instant", () => {
    const marks = [
      started("assistant", 1),
      stopped("assistant", 2),
      started("assistant", 4),
      started("user", 6),
    ];
    const cutOff = (second: number) =>
      toTurns([...marks, mark("interrupted", null, second)]).map((each) => each.interrupted);
    expect(cutOff(4)).toEqual([false, true, false]);
    expect(cutOff(3.9)).toEqual([true, false, false]);
    expect(cutOff(7)).toEqual([false, true, false]);
    expect(cutOff(0.5)).toEqual([false, false, false]);
  });

  test("speech after the call's end is ignored, and speech at its last instant counts", () => {
    const marks = [started("user", 1), stopped("user", 7), started("user", 7.1), stopped("user", 8)];
    expect(toTurns(marks, atSecond(7))).toEqual([turn("user", 1, 7)]);
    expect(toTurns([started("user", 7)], atSecond(7))).toEqual([turn("user", 7, 7)]);
  });

  test("a stop at the same time as its start ends the turn, and an earlier stop does not", () => {
    expect(toTurns([started("user", 2), stopped("user", 2)])).toEqual([turn("user", 2, 2)]);
    expect(toTurns([stopped("user", 1), started("user", 2)])).toEqual([turn("user", 2, null)]);
  });

  test("a start ends the previous turn, and the new turn's stop at the same time ends the new one", () => {
    const marks = [started("user", 1, 0), started("user", 5, 1), stopped("user", 5, 1)];
    expect(toTurns(marks)).toEqual([turn("user", 1, 5), turn("user", 5, 5)]);
  });

  test("a start and a stop form one turn if only one of them has a turn number", () => {
    expect(toTurns([started("user", 1, 3), stopped("user", 2)])).toEqual([turn("user", 1, 2)]);
    expect(toTurns([started("user", 1), stopped("user", 2, 3)])).toEqual([turn("user", 1, 2)]);
  });

  test("two starts with the same turn number and a stop between them form two turns, even at the same times", () => {
    const told = (stop: number) =>
      toTurns([started("user", 4, 1), stopped("user", stop, 1), started("user", 5, 1)]);
    expect(told(4)).toEqual([turn("user", 4, 4), turn("user", 5, null)]);
    expect(told(5)).toEqual([turn("user", 4, 5), turn("user", 5, 5)]);
    const before = [
      started("user", 1, 0),
      stopped("user", 2, 0),
      started("user", 4, 1),
      started("user", 4.5, 1),
    ];
    expect(toTurns(before)).toEqual([turn("user", 1, 2), turn("user", 4, null)]);
  });

  test("the lower turn number, or the start without one, wins between two starts at the same time", () => {
    const at = (id: string, number: number | null) => ({ ...started("user", 1), id, turn: number });
    const first = [at("b", 0), at("a", 1), stopped("user", 3, 0)];
    for (const given of [first, first.toReversed()]) expect(toTurns(given)).toEqual([turn("user", 1, 3)]);
    const unnumbered = [at("b", null), at("a", 0), stopped("user", 3, 5)];
    for (const given of [unnumbered, unnumbered.toReversed()]) {
      expect(toTurns(given)).toEqual([turn("user", 1, 3)]);
    }
  });

  test("the earlier of two stops ends the turn, regardless of input order", () => {
    const marks = [started("user", 1), stopped("user", 9), stopped("user", 3)];
    for (const given of [marks, marks.toReversed()]) expect(toTurns(given)).toEqual([turn("user", 1, 3)]);
  });

  test("voices that start at the same time do not interrupt each other", () => {
    const marks = [started("assistant", 1), started("user", 1), stopped("assistant", 3), stopped("user", 8)];
    expect(toTurns(marks).map(({ interrupted }) => interrupted)).toEqual([false, false]);
  });

  test("two starts without a turn number form two turns, or one if they have the same time", () => {
    expect(toTurns([started("user", 1), started("user", 2)])).toEqual([
      turn("user", 1, 2),
      turn("user", 2, null),
    ]);
    expect(toTurns([started("user", 1), started("user", 1)])).toEqual([turn("user", 1, null)]);
  });

  test("a turn number used again after a stop forms a new turn", () => {
    const marks = [
      started("user", 1, 0),
      stopped("user", 2, 0),
      started("user", 4, 0),
      stopped("user", 5, 0),
    ];
    expect(toTurns(marks)).toEqual([turn("user", 1, 2), turn("user", 4, 5)]);
  });

  test("voices that start at the same time are sorted assistant first, regardless of input order", () => {
    const both = [started("user", 1), started("assistant", 1)];
    const roles = ["assistant", "user"];
    expect(toTurns(both).map(({ role }) => role)).toEqual(roles);
    expect(toTurns(both.toReversed()).map(({ role }) => role)).toEqual(roles);
  });
});

const anyMark: fc.Arbitrary<Mark> = fc
  .record({
    kind: fc.constantFrom("speech-started", "speech-stopped", "interrupted", "hang"),
    role: fc.constantFrom("user", "assistant"),
    second: fc.integer({ min: 0, max: 120 }),
    turn: fc.option(fc.integer({ min: 0, max: 9 })),
  })
  .map(({ second, ...rest }) => ({
    ...rest,
    id: `${rest.kind} ${rest.role} ${second} ${rest.turn}`,
    at: atSecond(second),
    detail: null,
  }));

/** A whole conversation: gaps and lengths in tenths of a second, voices taking turns or overlapping. */
const conversation = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 99 })), { maxLength: 30 })
  .chain((pieces) => fc.record({ pieces: fc.constant(pieces), numbered: fc.boolean() }))
  .map(({ pieces, numbered }) =>
    (["user", "assistant"] as const).flatMap((role) => {
      let clock = 0;
      return pieces.map(([gap, length], index) => {
        const from = clock + gap;
        clock = from + length;
        const number = numbered ? index : undefined;
        return {
          start: started(role, from / 10, number),
          stop: stopped(role, clock / 10, number),
          expected: turn(role, from / 10, clock / 10),
        };
      });
    }),
  );

describe("turns from any marks", () => {
  test("the order and repetition of marks do not matter", () => {
    fc.assert(
      fc.property(fc.array(anyMark), fc.infiniteStream(fc.nat()), (marks, dice) => {
        const keys = new Map([...marks, ...marks].map((each) => [each, dice.next().value ?? 0]));
        const shuffled = [...marks, ...marks].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(toTurns(shuffled)).toEqual(toTurns(marks));
      }),
    );
  });

  test("one voice's turns never overlap, never run backwards, and only the last may be open", () => {
    fc.assert(
      fc.property(
        fc.array(anyMark),
        fc.constantFrom("user" as const, "assistant" as const),
        (marks, role) => {
          const mine = toTurns(marks).filter((each) => each.role === role);
          for (const [index, each] of mine.entries()) {
            const next = mine[index + 1];
            expect(each.stoppedAt === null ? !next : each.stoppedAt >= each.startedAt).toBe(true);
            if (next) expect(next.startedAt >= (each.stoppedAt ?? "")).toBe(true);
          }
        },
      ),
    );
  });

  test("an ended call has no open turn and no turn past its end", () => {
    fc.assert(
      fc.property(fc.array(anyMark), (marks) => {
        expect(
          toTurns(marks, atSecond(60)).every(({ stoppedAt }) => stoppedAt && stoppedAt <= atSecond(60)),
        ).toBe(true);
      }),
    );
  });

  test("a complete set of marks yields exactly the spoken turns, numbered or not", () => {
    fc.assert(
      fc.property(conversation, (said) => {
        const turns = toTurns(said.flatMap(({ start, stop }) => [start, stop]));
        expect(turns.map(unjudged).sort(byStart)).toEqual(said.map(({ expected }) => expected).sort(byStart));
      }),
    );
  });

  test("a lost stop changes only its own turn", () => {
    fc.assert(
      fc.property(conversation, fc.nat(), (said, pick) => {
        const lost = said[pick % Math.max(1, said.length)];
        const marks = said.flatMap(({ start, stop }) => (stop === lost?.stop ? [start] : [start, stop]));
        const others = (turns: Turn[]) =>
          turns.filter((each) => each.startedAt !== lost?.start.at || each.role !== lost.start.role);
        expect(others(toTurns(marks).map(unjudged)).sort(byStart)).toEqual(
          others(said.map(({ expected }) => expected)).sort(byStart),
        );
      }),
    );
  });
});

const unjudged = (each: Turn): Turn => ({ ...each, interrupted: false });
const byStart = (a: Turn, b: Turn) => (`${a.startedAt}${a.role}` < `${b.startedAt}${b.role}` ? -1 : 1);
