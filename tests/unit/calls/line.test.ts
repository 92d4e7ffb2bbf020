import { describe, expect, test } from "vitest";
import { addSourceLines, type SourceLine } from "@/lib/calls/line";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

const line = (differences: Partial<SourceLine> = {}) => makeSourceLine({ id: "a", ...differences });

/** Merges two versions of one line, in both orders. */
function join(one: Partial<SourceLine>, other: Partial<SourceLine>): SourceLine | undefined {
  const [joined, ...more] = addSourceLines([line(one)], [line(other)]);
  expect(more).toEqual([]);
  expect(addSourceLines([line(other)], [line(one)])).toEqual([joined]);
  return joined;
}

describe("merging known and new lines", () => {
  test("lines are sorted by time, and by ID at the same time", () => {
    const [a, b, c] = [
      line({ id: "a", at: atSecond(5) }),
      line({ id: "b", at: atSecond(5) }),
      line({ id: "c", at: atSecond(1) }),
    ];
    expect(addSourceLines([b], [c, a])).toEqual([c, a, b]);
    expect(addSourceLines([c], [b, a])).toEqual([c, a, b]);
  });

  test("the same list is returned if nothing is new", () => {
    const known = [line({ text: "On Thursday" })];
    expect(addSourceLines(known, [])).toBe(known);
    expect(addSourceLines(known, [line({ text: "On Thurs" })])).toBe(known);
  });

  test("the longer text of a line wins, and between texts of equal length the same one wins in both orders", () => {
    expect(join({ text: "On Thurs" }, { text: "On Thursday" })?.text).toBe("On Thursday");
    expect(join({ text: "Saturday" }, { text: "Thursday" })?.text).toBe("Thursday");
  });

  test("the later text of a partial wins, however short; at the same time the longer text wins", () => {
    const [early, late] = [
      { source: "partial" as const, at: atSecond(1), text: "I need a point" },
      { source: "partial" as const, at: atSecond(2), text: "An appointment" },
    ];
    expect(join(early, { ...late, text: "No" })).toMatchObject({ text: "No", at: atSecond(2) });
    expect(join({ ...early, text: "No" }, early)?.text).toBe("I need a point");
  });

  test("a line takes the earliest start, the latest end and the latest lower bound of its versions", () => {
    const one = { at: atSecond(3), endedAt: atSecond(5), text: "On Thursday" };
    const other = { at: atSecond(2), endedAt: atSecond(4), notBefore: atSecond(1), text: "On Thurs" };
    expect(join(one, other)).toMatchObject({
      text: "On Thursday",
      at: atSecond(2),
      endedAt: atSecond(5),
      notBefore: atSecond(1),
    });
    const [longer, shorter] = [{ text: "On Thursday" }, { text: "On" }];
    for (const [first, second] of [
      [2, 3],
      [3, 2],
    ] as const) {
      const joined = join({ ...longer, at: atSecond(first) }, { ...shorter, at: atSecond(second) });
      expect(joined).toMatchObject({ text: "On Thursday", at: atSecond(2) });
    }
    expect(join({ endedAt: null }, { endedAt: atSecond(4) })?.endedAt).toBe(atSecond(4));
    expect(join({ notBefore: atSecond(1) }, { notBefore: atSecond(2) })?.notBefore).toBe(atSecond(2));
    expect(join({ endedAt: null }, { endedAt: null })?.endedAt).toBeNull();
  });
});
