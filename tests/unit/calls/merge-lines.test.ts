import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeardLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeHeardLine, speaks } from "@/tests/support/makers/make-heard";

type Source = HeardLine["source"];

let made = 0;
function line(source: Source, second: number, text: string, more: Partial<HeardLine> = {}): HeardLine {
  made += 1;
  return makeHeardLine({ id: `${source}-${made}`, source, at: atSecond(second), text, ...more });
}
const shown = (...parts: Parameters<typeof mergeLines>) =>
  mergeLines(...parts).map(({ text, source, onlyIn }) => [text, source, onlyIn]);

describe("lines of several sources, merged", () => {
  test("finals that are pieces of a report's message are not shown beside it", () => {
    const lines = [
      line("transcript", 4, "I'm calling about final expense in"),
      line("transcript", 7, "insurance, which can help."),
      line("report", 2, "I'm calling about final expense in insurance, which can help."),
    ];
    expect(shown(lines)).toEqual([
      ["I'm calling about final expense in insurance, which can help.", "report", null],
    ]);
  });

  test("a report with fewer messages than were heard takes nothing away, and the rest is marked", () => {
    const lines = [
      line("transcript", 2, "Hello."),
      line("transcript", 9, "I would like a table for two."),
      line("report", 1, "Hello."),
    ];
    expect(shown(lines)).toEqual([
      ["Hello.", "report", null],
      ["I would like a table for two.", "transcript", "live"],
    ]);
  });

  test("one final takes away nothing of what conversation updates told", () => {
    const lines = [
      line("conversation", 1, "Good evening."),
      line("conversation", 5, "A table for two, please."),
      line("conversation", 12, "At eight."),
      line("transcript", 7, "A table for two, please."),
    ];
    expect(shown(lines)).toEqual([
      ["Good evening.", "conversation", "conversation"],
      ["A table for two, please.", "transcript", null],
      ["At eight.", "conversation", null],
    ]);
  });

  test("words that only one source has within a line are shown after it", () => {
    const lines = [
      line("report", 1, "Your name is Samanta, right?"),
      line("transcript", 4, "Your name is Samantha, right?"),
    ];
    expect(shown(lines)).toEqual([
      ["Your name is Samanta, right?", "report", null],
      ["Samantha,", "transcript", "live"],
    ]);
  });

  test("what was said twice is there twice", () => {
    const lines = [line("report", 2, "Yes."), line("transcript", 3, "Yes."), line("transcript", 60, "Yes.")];
    expect(shown(lines)).toEqual([
      ["Yes.", "report", null],
      ["Yes.", "transcript", "live"],
    ]);
  });

  test("a line that only the report has is marked once something later was heard live", () => {
    const lines = [line("report", 2, "Yes."), line("report", 30, "Goodbye."), line("report", 40, "Bye.")];
    expect(shown([...lines, line("transcript", 31, "Goodbye.")]).map(([, , onlyIn]) => onlyIn)).toEqual([
      "report",
      null,
      null,
    ]);
    expect(shown(lines).map(([, , onlyIn]) => onlyIn)).toEqual([null, null, null]);
  });

  test("words of scripts without spaces are found in a report's longer message", () => {
    const lines = [
      line("report", 1, "我想预约星期四的牙医"),
      line("transcript", 2, "我想预约"),
      line("transcript", 4, "星期四的牙医"),
    ];
    expect(shown(lines)).toEqual([["我想预约星期四的牙医", "report", null]]);
  });

  test("a final of nothing but signs is a line, too", () => {
    expect(shown([line("transcript", 1, "…")])).toEqual([["…", "transcript", null]]);
  });
});

test("the report's wording keeps who spoke, how sure the transcriber was and what the filter changed", () => {
  const filter = { threats: ["pii"], original: null };
  const lines = [
    line("report", 1, "Hello this is Maya from the clinic. How can I help?"),
    line("transcript", 2, "Hello, this is Maya from the clinic.", { assistantName: "Maya", confidence: 0.9 }),
    line("transcript", 4, "How can I help?", { assistantName: "Maya", confidence: 0.4, filter }),
  ];
  expect(mergeLines(lines)).toMatchObject([
    { source: "report", onlyIn: null, assistantName: "Maya", confidence: 0.4, filter },
  ]);
});

describe("partials whose final was lost", () => {
  test("the words stand, marked, when the same voice goes on with others", () => {
    const lines = [
      line("partial", 3, "I need a plumber", { final: false }),
      line("transcript", 20, "Hello, are you there?"),
    ];
    expect(mergeLines(lines)).toMatchObject([
      { text: "I need a plumber", final: false, onlyIn: "partial" },
      { text: "Hello, are you there?", final: true, onlyIn: null },
    ]);
  });

  test("what a final says, though in other words at the end, is not shown beside it", () => {
    const lines = [
      line("partial", 3, "I am calling about a medical phone", { final: false }),
      line("partial", 3, "I am", { final: false }),
      line("transcript", 6, "I am calling about a medical follow-up for him."),
    ];
    expect(shown(lines)).toEqual([["I am calling about a medical follow-up for him.", "transcript", null]]);
  });

  test("a first word that was taken for another is nothing that was said beside the line", () => {
    const lines = [
      line("partial", 3, "of", { final: false }),
      line("partial", 4, "Okay, bad", { final: false }),
      line("transcript", 6, "Okay, but I need it this week."),
    ];
    expect(shown(lines)).toEqual([["Okay, but I need it this week.", "transcript", null]]);
  });

  test("a second half whose final was lost is shown after the first", () => {
    const lines = [
      line("partial", 5, "My name is Ann. Yes please", { final: false }),
      line("transcript", 4, "My name is Ann."),
    ];
    expect(shown(lines).map(([text]) => text)).toEqual(["My name is Ann.", "Yes please"]);
  });

  test("what is being said now is not shown a second time", () => {
    const lines = [line("partial", 5, "My name", { final: false })];
    const partials = [{ role: "user" as const, text: "My name is Ann", at: atSecond(6) }];
    expect(mergeLines(lines, { partials })).toEqual([]);
  });
});

describe("the two clocks of a web call", () => {
  const said = (role: HeardLine["role"], second: number, text: string, more: Partial<HeardLine> = {}) =>
    line("conversation", second, text, { role, endedAt: atSecond(second + 1), ...more });
  const lines = [
    said("assistant", 1, "How can I help?"),
    said("user", 6, "Which pizzas do you have?"),
    said("assistant", 12, "We have a Margherita."),
  ];

  test("messages are put where the speech of the same words was stamped", () => {
    const marks = [
      ...speaks("assistant", 5.4, 7),
      ...speaks("user", 10.7, 12),
      ...speaks("assistant", 16.4, 20),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual([5.4, 10.4, 16.4].map(atSecond));
  });

  test("on a phone call, where marks come within a second, nothing moves", () => {
    const marks = [
      ...speaks("assistant", 1.9, 4),
      ...speaks("user", 6.4, 8),
      ...speaks("assistant", 12.8, 15),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual(lines.map(({ at }) => at));
  });

  test("finals tell the clocks apart where no speech was stamped", () => {
    const finals = lines.map(({ role, text, endedAt }) =>
      line("transcript", (Date.parse(endedAt ?? "") - Date.parse(atSecond(0))) / 1_000 + 4.5, text, { role }),
    );
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    expect(mergeLines([...reported, ...finals]).map(({ at }) => at)).toEqual([5.5, 10.5, 16.5].map(atSecond));
  });

  test("what comes after a tool's result in the list is not said before it, and all else moves along", () => {
    const [greeting, question, answer] = lines;
    if (!greeting || !question || !answer) throw new Error("three lines");
    const heard = [greeting, question, { ...answer, notBefore: atSecond(14.5) }];
    const at = mergeLines(heard).map((each) => (Date.parse(each.at) - Date.parse(atSecond(0))) / 1_000);
    expect(at[0]).toBeCloseTo(3.5, 2);
    expect(at[1]).toBeCloseTo(8.5, 2);
    expect(at[2]).toBeGreaterThan(14.5);
  });
});

describe("any lines at all", () => {
  const vocabulary = ["yes", "no", "table", "two", "please", "hello", "pizza", "Thursday", "four"];
  const anyLine = fc.record({
    id: fc.uuid(),
    role: fc.constantFrom("user" as const, "assistant" as const),
    text: fc
      .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 9 })
      .map((words) => words.join(" ")),
    at: fc.integer({ min: 0, max: 60 }).map(atSecond),
    endedAt: fc.constant(null),
    // Finals are always stamped.
    source: fc.constantFrom("report" as const, "transcript" as const, "conversation" as const),
    final: fc.constant(true),
    isTimed: fc.boolean(),
    notBefore: fc.constant(null),
  });
  const stamped = anyLine.map((each) => ({ ...each, isTimed: each.isTimed || each.source === "transcript" }));
  const anyLines = fc.uniqueArray(stamped, { maxLength: 30, selector: ({ id }) => id });
  const countOf = (lines: readonly { role: string; text: string }[], word: string, role: string) =>
    lines
      .filter((each) => each.role === role)
      .flatMap(({ text }) => text.split(" "))
      .filter((each) => each === word).length;

  test("no word of any source is lost, as often as the source has it, and no order of theirs matters", () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, dice) => {
        const merged = mergeLines(lines);
        // What a source tells with times and what it tells without are two tellings of the same.
        const tellings = ["report", "transcript", "conversation"].flatMap((source) =>
          [true, false].map(
            (isTimed) => (each: HeardLine) => each.source === source && each.isTimed === isTimed,
          ),
        );
        for (const role of ["user", "assistant"]) {
          for (const word of vocabulary) {
            const most = Math.max(...tellings.map((telling) => countOf(lines.filter(telling), word, role)));
            expect(countOf(merged, word, role)).toBeGreaterThanOrEqual(most);
          }
        }
        const shuffled = lines
          .map((each) => ({ each, key: dice.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(mergeLines(shuffled)).toEqual(merged);
      }),
    );
  });
});
