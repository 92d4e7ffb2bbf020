import { describe, expect, test } from "vitest";
import type { Line, LineSource } from "@/lib/calls/line";
import { between, byTime, cut, type Piece, runsOf, toPiece } from "@/lib/calls/line-pieces";
import { toOnlyIn } from "@/lib/calls/only-in";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

const ms = (second: number) => Date.parse(atSecond(second));
const said = (differences: Parameters<typeof makeSourceLine>[0] = {}, offset = 0) =>
  toPiece(makeSourceLine({ text: "one two three four", at: atSecond(10), ...differences }), offset);
const report = { source: "report", endedAt: atSecond(14) } as const;

describe("a line prepared for display", () => {
  test("spans its first to last word, according to the meaning of its source's timestamp", () => {
    const span = ({ from, to }: Piece) => [from, to];
    expect(span(said())).toEqual([ms(10) - 2_800, ms(10)]);
    expect(span(said({ source: "partial" }))).toEqual([ms(10) - 2_800, ms(10)]);
    expect(span(said(report))).toEqual([ms(10), ms(14)]);
    expect(span(said({ source: "conversation" }))).toEqual([ms(10), ms(10) + 2_800]);
    expect(span(said({ source: "report", isTimed: false }))).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(span(said({ source: "conversation", isTimed: false }))).toEqual([
      Number.NEGATIVE_INFINITY,
      ms(10),
    ]);
  });

  test("is moved to the events' clock if its source uses the other clock and has times", () => {
    expect(said(report, 4_500)).toMatchObject({ at: ms(14.5), endedAt: ms(18.5) });
    expect(said({ source: "conversation" }, 4_500).at).toBe(ms(14.5));
    expect(said({}, 4_500).at).toBe(ms(10));
    expect(said({ ...report, isTimed: false }, 4_500)).toMatchObject({ at: ms(10), endedAt: ms(14) });
  });
});

test("a line keeps its earliest possible time", () => {
  expect(said().notBefore).toBeNull();
  expect(said({ notBefore: atSecond(7) }).notBefore).toBe(ms(7));
});

describe("a piece of a line", () => {
  test("is the line itself if it covers the whole line", () => {
    const whole = said();
    expect(cut(whole, 0, 4)).toBe(whole);
  });

  test("has its share of the line's time, and an ID of its own", () => {
    expect(cut(said({ id: "r", ...report }), 1, 3)).toMatchObject({
      id: "r-1",
      text: "two three",
      at: ms(11),
      from: ms(11),
    });
    expect(cut(said({ id: "r", ...report }), 2, 4)).toMatchObject({ text: "three four", at: ms(12) });
    // A final is stamped when its words are over, so all of them have that time.
    expect(cut(said(), 2, 4)).toMatchObject({ at: ms(10), from: ms(10) - 2_800, to: ms(10) });
    expect(cut(said(), 1, 3).words.map(({ key }) => key)).toEqual(["two", "three"]);
    // Without an end, each word counts as a millisecond: only their order is known.
    expect(cut(said({ source: "conversation" }), 2, 4).at).toBe(ms(10) + 2);
    expect(cut(said({ text: "One, two. Three!" }), 0, 2)).toMatchObject({ text: "One, two.", at: ms(10) });
  });

  test("keeps the punctuation around the line, without the surrounding spaces", () => {
    const words = said({ text: " – One, two! … " });
    expect(cut(words, 0, 1).text).toBe("– One,");
    expect(cut(words, 1, 2).text).toBe("two! …");
  });

  test("covers a run of consecutive unmatched words", () => {
    expect(runsOf(new Int32Array([-1, 0, -1, -1]))).toEqual([
      [0, 1],
      [2, 4],
    ]);
    expect(runsOf(new Int32Array([0, 1]))).toEqual([]);
    expect(runsOf(new Int32Array([]))).toEqual([]);
  });

  test("is placed after the piece before it and before the piece after it", () => {
    const at = (piece: Piece, before: Piece | null, after: Piece | null) =>
      between(piece, before, after).at - ms(0);
    const [early, late] = [said({ at: atSecond(5) }), said({ at: atSecond(20) })];
    expect(at(said(), early, late)).toBe(10_000);
    expect(at(said({ at: atSecond(20) }), null, late)).toBe(19_999);
    expect(at(said({ at: atSecond(25) }), null, late)).toBe(19_999);
    expect(at(said({ at: atSecond(5) }), early, null)).toBe(5_001);
    expect(at(said({ at: atSecond(3) }), early, null)).toBe(5_001);
    expect(at(said({ at: atSecond(25) }), late, late)).toBe(25_000);
    expect(at(said({ at: atSecond(3), isTimed: false }), early, null)).toBe(5_001);
    expect(at(said({ at: atSecond(8), isTimed: false }), early, null)).toBe(5_001);
    expect(at(said({ at: atSecond(8), isTimed: false }), null, null)).toBe(8_000);
    const untimed = said({ at: atSecond(5), isTimed: false });
    expect(at(said({ at: atSecond(3) }), untimed, null)).toBe(3_000);
    expect(at(said({ at: atSecond(8) }), null, untimed)).toBe(8_000);
  });

  test("is sorted by time, and by ID at the same time", () => {
    const [a, b] = [said({ id: "a" }), said({ id: "b" })];
    const earlier = said({ id: "z", at: atSecond(9) });
    expect([b, a, earlier].sort(byTime)).toEqual([earlier, a, b]);
    expect(byTime(a, said({ id: "a" }))).toBe(0);
    expect(byTime(b, a)).toBeGreaterThan(0);
    expect(byTime(a, b)).toBeLessThan(0);
  });
});

describe("words in one source only", () => {
  const known = (second: number, ...sources: LineSource[]) => ({
    at: ms(second),
    line: makeSourceLine({ source: sources[0] ?? "transcript" }),
    sources: new Set(sources),
  });
  const heardOf = (...of: [LineSource, number][]) =>
    of.map(([source, second]) => makeSourceLine({ source, at: atSecond(second) }));
  const findOnlyIn = (
    heard: ReturnType<typeof heardOf>,
    ...lines: ReturnType<typeof known>[]
  ): Line["onlyIn"][] => lines.map(toOnlyIn(lines, heard));

  test("after the report, live words it lacks are marked, and so are report words once later words arrived live", () => {
    const heard = heardOf(["report", 9], ["transcript", 8]);
    expect(
      findOnlyIn(
        heard,
        known(2, "report", "transcript"),
        known(4, "report"),
        known(6, "transcript"),
        known(8, "transcript", "report"),
        known(9, "report"),
      ),
    ).toEqual([null, "report", "live", null, null]);
    // Both are from the same moment, so nothing was heard later.
    expect(findOnlyIn(heard, known(4, "report"), known(4, "transcript"))).toEqual([null, "live"]);
  });

  test("during the call, words are marked once the other source has moved past them", () => {
    const heard = heardOf(["transcript", 5], ["conversation", 8]);
    expect(
      findOnlyIn(
        heard,
        known(2, "transcript"),
        known(8, "transcript"),
        known(3, "conversation"),
        known(6, "conversation"),
        known(4, "transcript", "conversation"),
        known(7, "partial"),
        known(8, "partial"),
      ),
    ).toEqual(["transcript", null, "conversation", null, null, "partial", null]);
    expect(findOnlyIn(heardOf(["transcript", 5]), known(2, "transcript"))).toEqual([null]);
  });

  test("marking depends on the newest line of each source, regardless of line order", () => {
    const heard = heardOf(["conversation", 8], ["conversation", 1], ["transcript", 5]);
    expect(findOnlyIn(heard, known(4, "transcript"))).toEqual(["transcript"]);
  });
});
