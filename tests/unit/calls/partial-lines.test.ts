import { describe, expect, test } from "vitest";
import type { SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { toPartialId, toPartialLine } from "@/lib/calls/partial-lines";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

let made = 0;
function line(source: SourceLine["source"], second: number, text: string, more: Partial<SourceLine> = {}) {
  made += 1;
  return makeSourceLine({ id: `${source}-${made}`, source, at: atSecond(second), text, ...more });
}
const partial = (second: number, text: string) => line("partial", second, text, { final: false });
/** A line of the report, between two times in seconds. */
const report = (from: number, to: number, text: string) =>
  line("report", from, text, { endedAt: atSecond(to) });
const shown = (...lines: SourceLine[]) => mergeLines(lines).map(({ text }) => text);

describe("the line that stores a partial", () => {
  const id = (text: string, second = 1, role: "user" | "assistant" = "user") =>
    toPartialId({ role, text, at: atSecond(second) });

  test("keeps its ID while the turn grows, and has a different ID for another turn, voice or 15 s window", () => {
    expect(id("I need a")).toBe(id("I need a plumber, please", 14.999));
    expect(id("I need a plumber")).toBe(id("i need A"));
    expect(id("I need a plumber")).not.toBe(id("I need the plumber"));
    expect(id("I need a plumber")).not.toBe(id("need I a plumber"));
    expect(id("I need a plumber")).not.toBe(id("I need a plumber", 15));
    expect(id("I need a plumber")).not.toBe(id("I need a plumber", 1, "assistant"));
    expect(id("I need a plumber", 15)).toBe(id("I need a plumber", 29.999));
  });

  test("has the same ID as in earlier versions, so stored lines are found again", () => {
    expect(id("I need a plumber")).toBe("partial-user-119038560-1b1h12b");
    expect(id("Żółw 我想", 40, "assistant")).toBe("partial-assistant-119038562-1d4m67r");
  });

  test("has an ID that reveals no words and depends only on the beginning of the text", () => {
    expect(id("Jane Doe Springfield").toLowerCase()).not.toMatch(/jane|doe|spring/);
    const long = "long".repeat(50);
    expect(id(`${long} one`)).toBe(id(`${long} two`));
    expect(id(`${long}one`)).toBe(id(`${long}two`));
  });

  test("is a non-final line with the partial's voice, text and time", () => {
    const said = { role: "user", text: "I need a", at: atSecond(3) } as const;
    expect(toPartialLine(said)).toEqual({
      ...said,
      id: toPartialId(said),
      endedAt: null,
      source: "partial",
      final: false,
      isTimed: true,
      notBefore: null,
    });
  });
});

describe("a partial followed by a later one", () => {
  /** Lines shown for a partial and one that followed after a number of seconds, without a final. */
  const both = (seconds: number, first: string, next: string) =>
    shown(partial(1, first), partial(1 + seconds, next));

  test("is not shown if it is the beginning of one that comes up to 20 s later", () => {
    expect(both(20, "I need a plum", "I need a plumber")).toEqual(["I need a plumber"]);
    expect(both(20, "I need a plumber", "I need a plumber today")).toEqual(["I need a plumber today"]);
    expect(both(20.001, "I need a plumber", "I need a plumber today")).toHaveLength(2);
  });

  test("is shown if it is not the exact beginning of the later one, or if the later one is shorter", () => {
    expect(both(5, "I nee a plumber", "I need a plumber")).toHaveLength(2);
    expect(both(5, "I need a plumber", "I need a")).toHaveLength(2);
    expect(both(5, "I need a lumber", "I need a plumber")).toHaveLength(2);
  });

  test("is not shown if its first half matches and the rest was reworded within 2.5 s", () => {
    expect(both(2.5, "I need some pizza", "I need the plumber")).toEqual(["I need the plumber"]);
    expect(both(2.501, "I need some pizza", "I need the plumber")).toHaveLength(2);
    expect(both(1, "I want some pizza", "I need the plumber")).toHaveLength(2);
    expect(both(1, "I need some more pizza", "I need the plumber")).toHaveLength(2);
  });

  test("is not shown if it is one or two words and a longer, different one follows within 1 s", () => {
    expect(both(1, "of", "okay but")).toEqual(["okay but"]);
    expect(both(1, "of course", "okay but I")).toEqual(["okay but I"]);
    expect(both(1.001, "of", "okay but")).toHaveLength(2);
    expect(both(1, "of course not", "okay but I need it")).toHaveLength(2);
    expect(both(1, "of", "okay")).toHaveLength(2);
    expect(both(1, "of course", "okay")).toHaveLength(2);
  });

  test("is not shown if it has at least five words and 70 % of them are in the later one", () => {
    expect(both(9, "one two three four five six seven x y z", "one two three four five six seven")).toEqual([
      "one two three four five six seven",
    ]);
    expect(both(9, "one two three four five six w x y z", "one two three four five six")).toHaveLength(2);
    expect(both(9, "x two three four five", "one two three four five six")).toEqual([
      "one two three four five six",
    ]);
    // With few words, most may match by chance.
    expect(both(9, "x two three four", "one two three four five six")).toHaveLength(2);
  });

  test("is matched to the later one even if others come between them", () => {
    expect(
      shown(partial(1, "I need a"), partial(2, "you know what"), partial(4, "I need a plumber")),
    ).toEqual(["you know what", "I need a plumber"]);
  });

  test("is matched to the later one even after five others", () => {
    const others = ["one of", "two of", "three of", "four of", "five of"].map((text, n) =>
      partial(3 + n, text),
    );
    expect(shown(partial(1, "I need a"), ...others, partial(9, "I need a plumber"))).not.toContain(
      "I need a",
    );
  });

  test("does not hide a later one that repeats only its beginning", () => {
    expect(shown(partial(1, "I need a plumber"), partial(4, "I need"), partial(30, "hello again"))).toEqual([
      "I need a plumber",
      "I need",
      "hello again",
    ]);
  });
});

describe("a partial compared with a line", () => {
  test("is not shown if it is the line's beginning, even with its last word cut short and at another time", () => {
    expect(shown(report(3, 5, "I need a plumber today"), partial(12, "I need a plum"))).toEqual([
      "I need a plumber today",
    ]);
  });

  test("is not shown if its first half matches, the line continues differently and its time is within 2.5 s", () => {
    const plumber = report(3, 5, "I need a plumber");
    expect(shown(plumber, partial(4, "I need a pizza tonight please"))).toEqual(["I need a plumber"]);
    expect(shown(plumber, partial(4, "I need a pizza tonight please now"))).toHaveLength(2);
    expect(shown(plumber, partial(7.5, "I need a pizza tonight please"))).toEqual(["I need a plumber"]);
    expect(shown(plumber, partial(7.501, "I need a pizza tonight please"))).toHaveLength(2);
    expect(shown(plumber, partial(0.5, "I need a pizza tonight please"))).toEqual(["I need a plumber"]);
    expect(shown(plumber, partial(0.499, "I need a pizza tonight please"))).toHaveLength(2);
  });

  test("shows its remaining words if it continues where the line ends", () => {
    expect(shown(report(3, 5, "I need a"), partial(4, "I need a pizza tonight please"))).toEqual([
      "I need a",
      "pizza tonight please",
    ]);
  });

  test("is not shown if it is a one- or two-word misrecognition within the line's time", () => {
    const okay = report(3, 8, "Okay, but I need it");
    const alone = ["Okay, but I need it"];
    expect(shown(okay, partial(3.5, "of"))).toEqual(alone);
    expect(shown(okay, partial(3.5, "of course"))).toEqual(alone);
    expect(shown(okay, partial(3.5, "of course not"))).toHaveLength(2);
    expect(shown(okay, partial(8, "of"))).toEqual(alone);
    expect(shown(okay, partial(8.001, "of"))).toHaveLength(2);
    expect(shown(okay, partial(0.5, "of"))).toEqual(alone);
    expect(shown(okay, partial(0.499, "of"))).toHaveLength(2);
  });

  test("is shown if it is one word that came after the line ended", () => {
    expect(shown(report(3, 4, "Okay."), partial(4, "of"))).toEqual(["Okay."]);
    expect(shown(report(3, 4, "Okay."), partial(4.001, "of"))).toEqual(["Okay.", "of"]);
  });

  test("is not shown if every other word was misrecognized, wherever in the line it begins", () => {
    const meter = "Hello, you've reached the meter reading line.";
    const misheard = partial(5, "Hello, you've right the meter right");
    expect(shown(report(3, 7, meter), misheard)).toEqual([meter]);
    expect(shown(line("transcript", 7, meter), misheard)).toEqual([meter]);
    const parking = "There is a car park for the guests of the house.";
    expect(shown(report(3, 7, parking), partial(6, "for you guests of have"))).toEqual([parking]);
    // With fewer matching words, only a partial from the time of the line belongs to it.
    const once = partial(6, "the guests off here");
    expect(shown(line("transcript", 7, parking), once)).toEqual([parking]);
    expect(shown(line("transcript", 7, parking), partial(1, "for guests off you"))).toHaveLength(2);
  });

  test("shows a word that the line lacks between words it has", () => {
    const table = report(3, 7, "So I want a table for two tonight");
    expect(shown(table, partial(5, "want a table outside for two"))).toEqual([
      "So I want a table for two tonight",
      "outside",
    ]);
  });

  test("is shown if it came after the final", () => {
    const final = line("transcript", 7, "I have a quiet double to the garden");
    expect(shown(final, partial(6.9, "a great double"))).toEqual([final.text]);
    expect(shown(final, partial(7.1, "a great double"))).toHaveLength(2);
  });

  test("is shown if it is one word outside the estimated time of a line without a known start", () => {
    const final = line("transcript", 7, "Okay, but I need it");
    expect(shown(final, partial(3.5, "of"))).toHaveLength(2);
    expect(shown(final, partial(5.5, "of"))).toEqual([final.text]);
    const untimed = line("report", 3, "Okay, but I need it", { isTimed: false });
    expect(shown(untimed, partial(3.5, "of"))).toHaveLength(2);
  });
});

describe("words of a partial missing from the lines", () => {
  const table = report(3, 9, "I would like a table for two people today");

  test("are not shown if the line has at least half as many other words in their place", () => {
    expect(shown(table, partial(6, "I would like a pizza for two people today"))).toEqual([table.text]);
    expect(shown(table, partial(6, "would like a big pizza for two people"))).toEqual([table.text]);
    expect(shown(table, partial(6, "would like a very big pizza for two people"))).toEqual([
      "I would like a table for two people today",
      "very big pizza",
    ]);
  });

  test("are shown if the line has no words in their place", () => {
    expect(shown(table, partial(6, "would like a table outside for two people"))).toEqual([
      "I would like a table for two people today",
      "outside",
    ]);
  });

  test("at its beginning are compared with the beginning of the line", () => {
    expect(shown(table, partial(6, "you would like a table"))).toEqual([table.text]);
    expect(shown(table, partial(6, "maybe you would like a table"))).toEqual([table.text]);
    expect(shown(table, partial(6, "well maybe you would like a table"))).toHaveLength(2);
    expect(shown(report(3, 9, "would like a table"), partial(6, "you would like a"))).toHaveLength(2);
    const second = report(12, 18, "we would like a table");
    expect(
      shown(report(1, 2, "Hello there good friend"), second, partial(14, "you would like a table")),
    ).toHaveLength(2);
    expect(
      shown(report(1, 2, "Hello there good friend"), second, partial(14, "so maybe you would like a table")),
    ).toHaveLength(3);
  });

  test("at its end are compared with the end of the line", () => {
    expect(shown(table, partial(6, "like a table for two people tonight"))).toEqual([table.text]);
    expect(shown(table, partial(6, "like a table for two people tonight please"))).toEqual([table.text]);
    expect(shown(table, partial(6, "like a table for two people this very evening"))).toHaveLength(2);
    expect(shown(table, partial(6, "two people today please"))).toEqual([
      "I would like a table for two people today",
      "please",
    ]);
  });

  test("are shown if the line around them is more than 2.5 s away", () => {
    expect(shown(table, partial(11.5, "would like a pizza for two people"))).toEqual([table.text]);
    expect(shown(table, partial(11.501, "would like a pizza for two people"))).toHaveLength(2);
  });

  test("between two lines are compared only with the end of the first", () => {
    const [first, second] = [
      report(3, 5, "one two three four"),
      report(6, 9, "well so then six seven eight"),
    ];
    expect(shown(first, second, partial(5, "two three four x y six seven eight"))).toEqual([
      "one two three four",
      "x y",
      "well so then six seven eight",
    ]);
    const longer = report(3, 5, "one two three four five");
    expect(shown(longer, second, partial(5, "two three four x y six seven eight"))).toHaveLength(2);
  });

  test("followed by words of an earlier line are compared with the end of their own line", () => {
    const [first, second] = [report(3, 5, "one two three"), report(6, 9, "four five six seven eight")];
    expect(shown(first, second, partial(8, "four five six x one two three"))).toHaveLength(2);
  });

  test("are placed between their neighboring words, regardless of arrival time", () => {
    const lines = [table, report(10, 12, "At eight, please.")];
    expect(shown(...lines, partial(2, "for two people today outside"))).toEqual([
      "I would like a table for two people today",
      "outside",
      "At eight, please.",
    ]);
    expect(shown(...lines, partial(14, "outside at eight please"))).toEqual([
      "I would like a table for two people today",
      "outside",
      "At eight, please.",
    ]);
  });
});

describe("partials of a call", () => {
  test("may each match all words of a line", () => {
    const lines = [
      report(3, 22, "Yes I need a plumber"),
      partial(2, "need a plumber"),
      partial(23, "need a plumber"),
    ];
    expect(shown(...lines)).toEqual(["Yes I need a plumber"]);
  });

  test("of one voice are not compared with lines of the other", () => {
    const other = line("report", 3, "I need a plumber today", { role: "assistant", endedAt: atSecond(6) });
    expect(shown(other, partial(4, "I need a plumber"))).toHaveLength(2);
  });

  test("are hidden while their voice's current partial has their words, but not while the other voice's has", () => {
    const now = (role: "user" | "assistant") => ({
      partials: [{ role, text: "I need a plumber today", at: atSecond(6) }],
    });
    expect(mergeLines([partial(4, "I need a plum")], now("user"))).toEqual([]);
    expect(mergeLines([partial(4, "I need a plum")], now("assistant"))).toHaveLength(1);
  });

  test("are hidden if the current partial has their words, even with many later lines", () => {
    const partials = [{ role: "user" as const, text: "My name is Ann", at: atSecond(8) }];
    const later = Array.from({ length: 12 }, (_, n) => line("transcript", 30 + n * 5, `Later ${n}.`));
    expect(mergeLines([partial(2, "My nam"), ...later], { partials }).map(({ text }) => text)).toEqual(
      later.map(({ text }) => text),
    );
  });
});
