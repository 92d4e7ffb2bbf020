import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeMark, makeSourceLine, speaks } from "@/tests/support/makers/make-speech-facts";

type Source = SourceLine["source"];

let made = 0;
function line(source: Source, second: number, text: string, more: Partial<SourceLine> = {}): SourceLine {
  made += 1;
  return makeSourceLine({ id: `${source}-${made}`, source, at: atSecond(second), text, ...more });
}
const shown = (...parts: Parameters<typeof mergeLines>) =>
  mergeLines(...parts).map(({ text, source, onlyIn }) => [text, source, onlyIn]);

describe("merging lines from several sources", () => {
  test("finals that are parts of a report message are not shown next to it", () => {
    const lines = [
      line("transcript", 4, "I'm calling about final expense in"),
      line("transcript", 7, "insurance, which can help."),
      line("report", 2, "I'm calling about final expense in insurance, which can help."),
    ];
    expect(shown(lines)).toEqual([
      ["I'm calling about final expense in insurance, which can help.", "report", null],
    ]);
  });

  test("a report with fewer messages removes no live line, and lines missing from it are marked", () => {
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

  test("a final removes no other line of the conversation updates", () => {
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

  test("words within a line that only one source has are shown after that line", () => {
    const lines = [
      line("report", 1, "Your name is Samanta, right?"),
      line("transcript", 4, "Your name is Samantha, right?"),
    ];
    expect(shown(lines)).toEqual([
      ["Your name is Samanta, right?", "report", null],
      ["Samantha,", "transcript", "live"],
    ]);
  });

  test("words said twice are shown twice", () => {
    const lines = [line("report", 2, "Yes."), line("transcript", 3, "Yes."), line("transcript", 60, "Yes.")];
    expect(shown(lines)).toEqual([
      ["Yes.", "report", null],
      ["Yes.", "transcript", "live"],
    ]);
  });

  test("a line that only the report has is marked once later words arrive live", () => {
    const lines = [line("report", 2, "Yes."), line("report", 30, "Goodbye."), line("report", 40, "Bye.")];
    expect(shown([...lines, line("transcript", 31, "Goodbye.")]).map(([, , onlyIn]) => onlyIn)).toEqual([
      "report",
      null,
      null,
    ]);
    expect(shown(lines).map(([, , onlyIn]) => onlyIn)).toEqual([null, null, null]);
  });

  test("words in a script without spaces are matched within a longer report message", () => {
    const lines = [
      line("report", 1, "我想预约星期四的牙医"),
      line("transcript", 2, "我想预约"),
      line("transcript", 4, "星期四的牙医"),
    ];
    expect(shown(lines)).toEqual([["我想预约星期四的牙医", "report", null]]);
  });

  test("a final with only punctuation is still a line", () => {
    expect(shown([line("transcript", 1, "…")])).toEqual([["…", "transcript", null]]);
  });
});

test("a report line keeps the assistant name, lowest confidence and security filter of the finals it replaces", () => {
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

describe("partials without a final", () => {
  test("the words stay, marked, if the same voice continues with different ones", () => {
    const lines = [
      line("partial", 3, "I need a plumber", { final: false }),
      line("transcript", 20, "Hello, are you there?"),
    ];
    expect(mergeLines(lines)).toMatchObject([
      { text: "I need a plumber", final: false, onlyIn: "partial" },
      { text: "Hello, are you there?", final: true, onlyIn: null },
    ]);
  });

  test("a partial that differs from a final only at its end is not shown next to it", () => {
    const lines = [
      line("partial", 3, "I am calling about a medical phone", { final: false }),
      line("partial", 3, "I am", { final: false }),
      line("transcript", 6, "I am calling about a medical follow-up for him."),
    ];
    expect(shown(lines)).toEqual([["I am calling about a medical follow-up for him.", "transcript", null]]);
  });

  test("a misrecognized first word is not shown next to its line", () => {
    const lines = [
      line("partial", 3, "of", { final: false }),
      line("partial", 4, "Okay, bad", { final: false }),
      line("transcript", 6, "Okay, but I need it this week."),
    ];
    expect(shown(lines)).toEqual([["Okay, but I need it this week.", "transcript", null]]);
  });

  test("the second half of a partial is shown after the line with its first half if its own final was lost", () => {
    const lines = [
      line("partial", 5, "My name is Ann. Yes please", { final: false }),
      line("transcript", 4, "My name is Ann."),
    ];
    expect(shown(lines).map(([text]) => text)).toEqual(["My name is Ann.", "Yes please"]);
  });

  test("words of the current partial are not shown a second time", () => {
    const lines = [line("partial", 5, "My name", { final: false })];
    const partials = [{ role: "user" as const, text: "My name is Ann", at: atSecond(6) }];
    expect(mergeLines(lines, { partials })).toEqual([]);
  });

  test("a word said before the current partial's turn began is shown if its own final was lost", () => {
    const lines = [line("partial", 46.3, "Yes,", { final: false })];
    const text = "Done. Thursday at ten fifteen with";
    const partials = [{ role: "user" as const, text, at: atSecond(52.9) }];
    expect(mergeLines(lines, { partials })).toMatchObject([{ text: "Yes," }]);
  });
});

describe("message and event clocks of a call", () => {
  const said = (role: SourceLine["role"], second: number, text: string, more: Partial<SourceLine> = {}) =>
    line("conversation", second, text, { role, endedAt: atSecond(second + 1), ...more });
  const lines = [
    said("assistant", 1, "How can I help?"),
    said("user", 6, "Which pizzas do you have?"),
    said("assistant", 12, "We have a Margherita."),
  ];

  test("messages are shifted by one offset to their speech marks", () => {
    const marks = [
      ...speaks("assistant", 5.4, 7),
      ...speaks("user", 10.7, 12),
      ...speaks("assistant", 16.4, 20),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual([5.4, 10.4, 16.4].map(atSecond));
  });

  test("messages keep their times if marks come within 1 s, as on a phone call", () => {
    const marks = [
      ...speaks("assistant", 1.9, 4),
      ...speaks("user", 6.4, 8),
      ...speaks("assistant", 12.8, 15),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual(lines.map(({ at }) => at));
  });

  test("finals determine the offset if there are no speech marks", () => {
    const finals = lines.map(({ role, text, endedAt }) =>
      line("transcript", (Date.parse(endedAt ?? "") - Date.parse(atSecond(0))) / 1_000 + 4.5, text, { role }),
    );
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    expect(mergeLines([...reported, ...finals]).map(({ at }) => at)).toEqual([5.5, 10.5, 16.5].map(atSecond));
  });

  test("report messages determine the offset if there is only one conversation update, and moved lines end later too", () => {
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    const marks = [
      ...speaks("assistant", 5.4, 7),
      ...speaks("user", 10.4, 12),
      ...speaks("assistant", 16.4, 20),
    ];
    const merged = mergeLines([...reported, ...lines.slice(0, 1)], { marks });
    expect(merged.map(({ at }) => at)).toEqual([5.4, 10.4, 16.4].map(atSecond));
    expect(merged.map(({ endedAt }) => endedAt)).toEqual([6.4, 11.4, 17.4].map(atSecond));
  });

  test("only speech starts determine the offset, not speech stops or hang warnings", () => {
    const marks = [
      ...speaks("assistant", 1.5, 4.5),
      ...speaks("user", 6.5, 9.5),
      makeMark("speech-stopped", "assistant", 15.5),
      ...[5, 10, 16].map((second) => makeMark("hang", null, second)),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual(lines.map(({ at }) => at));
  });

  test("late finals cause no offset if speech marks show none", () => {
    const finals = lines.map(({ role, text, endedAt }) =>
      line("transcript", (Date.parse(endedAt ?? "") - Date.parse(atSecond(0))) / 1_000 + 3, text, { role }),
    );
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    const marks = [...speaks("assistant", 1.5, 3), ...speaks("user", 6.5, 8)];
    expect(mergeLines([...reported, ...finals], { marks }).map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at),
    );
  });

  test("conversation updates do not outweigh the offset that finals show", () => {
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    const finals = [
      line("transcript", 6.5, "How can I help?", { role: "assistant" }),
      line("transcript", 11.5, "Which pizzas do you have?"),
    ];
    expect(mergeLines([...reported, ...lines, ...finals]).map(({ at }) => at)).toEqual(
      [5.5, 10.5, 16.5].map(atSecond),
    );
  });

  test("finals determine the offset by the position in their message at which they end", () => {
    const long = "one two three four five six seven eight nine ten";
    const heard = [
      line("report", 0, "Hello there my friend"),
      line("report", 1, long, { endedAt: atSecond(11) }),
      line("report", 20, `${long} again`, { endedAt: atSecond(31) }),
      line("report", 40, "Good bye then"),
      line("report", 45, "Take care now"),
      line("report", 50, "See you soon"),
      line("transcript", 10.5, "one two three four five"),
      line("transcript", 15.5, "six seven eight nine ten"),
      line("transcript", 29.5, "one two three four five"),
      line("transcript", 41, "Good bye then"),
      line("transcript", 46, "Take care now"),
      line("transcript", 51, "See you soon"),
      line("conversation", 1, long),
      line("conversation", 1.001, long),
      line("conversation", 20, `${long} again`),
      line("conversation", 20.001, `${long} again`),
    ];
    const at = mergeLines(heard).map((each) => each.at);
    expect(at.slice(0, 2)).toEqual([4.5, 5.5].map(atSecond));
  });

  test("a message listed after a tool call is placed after it, and the other messages move along", () => {
    const [greeting, question, answer] = lines;
    if (!greeting || !question || !answer) throw new Error("three lines");
    const heard = [greeting, question, { ...answer, notBefore: atSecond(14.5) }];
    const at = mergeLines(heard).map((each) => (Date.parse(each.at) - Date.parse(atSecond(0))) / 1_000);
    expect(at[0]).toBeCloseTo(3.5, 2);
    expect(at[1]).toBeCloseTo(8.5, 2);
    expect(at[2]).toBeGreaterThan(14.5);
  });
});

describe("words in one line only", () => {
  const report = (from: number, to: number, text: string) =>
    line("report", from, text, { endedAt: atSecond(to) });
  const texts = (...lines: SourceLine[]) => mergeLines(lines).map(({ text }) => text);

  test("are placed between their neighboring words, regardless of timestamps", () => {
    const lines = [report(10, 12, "one two three"), report(20, 22, "seven eight nine")];
    expect(texts(...lines, line("transcript", 9, "one two three four five six"))).toEqual([
      "one two three",
      "four five six",
      "seven eight nine",
    ]);
    expect(texts(...lines, line("transcript", 26, "four five six seven eight nine"))).toEqual([
      "one two three",
      "four five six",
      "seven eight nine",
    ]);
  });

  test("are not split by one or two words matched among them by chance", () => {
    const torn = (reported: string, said: string) =>
      texts(report(1, 9, reported), line("transcript", 9, said));
    expect(torn("one two three for ten", "one two three u v w for k l m")).toEqual([
      "one two three for ten",
      "u v w for k l m",
    ]);
    expect(torn("one two three for ten", "one two three u v w for ten k l m")).toEqual([
      "one two three for ten",
      "u v w for ten k l m",
    ]);
    expect(torn("one two three for ten today", "one two three u v w for ten today k l m")).toEqual([
      "one two three for ten today",
      "u v w",
      "k l m",
    ]);
  });

  test("are split by a word among them with a line of its own", () => {
    const lines = [report(1, 3, "one two three"), report(4, 5, "Yes."), report(6, 7, "Right so.")];
    const said = line("transcript", 9, "one two three u v w yes k l m");
    expect(texts(...lines, said)).toEqual(["one two three", "u v w", "Yes.", "Right so.", "k l m"]);
  });

  test("exclude a nearby duplicate, even with many later lines that repeat it", () => {
    const later = Array.from({ length: 10 }, (_, n) => report(40 + n, 41 + n, "Yes."));
    const lines = [...later, line("transcript", 5, "Yes."), line("conversation", 4.5, "Yes.")];
    expect(texts(...lines)).toHaveLength(11);
  });
});

describe("details from a weaker source", () => {
  const final = (second: number, text: string, more: Partial<SourceLine> = {}) =>
    line("transcript", second, text, more);
  const confidences = (...lines: SourceLine[]) =>
    mergeLines(lines).map(({ text, confidence }) => [text, confidence]);

  test("go to the line with most of their words", () => {
    const lines = [line("report", 1, "zero one"), line("report", 3, "two three four")];
    expect(confidences(...lines, final(5, "one two three four", { confidence: 0.5 }))).toEqual([
      ["zero one", undefined],
      ["two three four", 0.5],
    ]);
    const first = [line("report", 1, "zero one two"), line("report", 3, "three four")];
    expect(confidences(...first, final(5, "zero one two three", { confidence: 0.5 }))).toEqual([
      ["zero one two", 0.5],
      ["three four", undefined],
    ]);
  });

  test("go to no line with less than half of their words", () => {
    const reported = line("report", 1, "one two three");
    expect(confidences(reported, final(5, "one two three x y z", { confidence: 0.5 }))[0]).toEqual([
      "one two three",
      0.5,
    ]);
    expect(confidences(reported, final(5, "one two three w x y z", { confidence: 0.5 }))[0]).toEqual([
      "one two three",
      undefined,
    ]);
  });

  test("include the only known confidence, even 0, and no confidence if no source has one", () => {
    const reported = line("report", 1, "one two three four");
    expect(confidences(reported, final(3, "one two", { confidence: 0.9 }), final(5, "three four"))).toEqual([
      ["one two three four", 0.9],
    ]);
    const [unsure] = mergeLines([reported, final(3, "one two three four")]);
    expect(unsure).not.toHaveProperty("confidence");
    const [without] = mergeLines([reported, final(3, "one two three four", { confidence: 0 })]);
    expect(without).toHaveProperty("confidence", 0);
  });

  test("count a line as received live if they cover half of its words", () => {
    const lines = [line("report", 1, "one two three four five six"), line("report", 20, "Goodbye my friend")];
    const onlyIn = (text: string) =>
      shown([...lines, final(3, text), final(21, "Goodbye my friend")])[0]?.[2];
    expect(onlyIn("one two three")).toBeNull();
    expect(onlyIn("one two")).toBe("report");
  });
});

describe("lines without times", () => {
  const untimed = (source: Source, second: number, text: string, more: Partial<SourceLine> = {}) =>
    line(source, second, text, { isTimed: false, ...more });
  const placed = (...lines: SourceLine[]) =>
    mergeLines(lines).map(({ text, at }) => [text, (Date.parse(at) - Date.parse(atSecond(0))) / 1_000]);

  test("are placed where another source starts with the same words", () => {
    expect(
      placed(
        untimed("report", 60, "Hello there friend I want a pizza"),
        untimed("report", 60.001, "With cheese"),
        line("transcript", 5, "Hello there friend"),
        line("transcript", 12, "I want a pizza"),
      ),
    ).toEqual([
      ["Hello there friend I want a pizza", 2.9],
      ["With cheese", 2.901],
    ]);
  });

  test("are placed right next to their neighbor if a report has it with a time", () => {
    expect(
      placed(
        line("report", 10, "A table please"),
        untimed("conversation", 30, "Good evening"),
        untimed("conversation", 30.001, "A table please"),
        untimed("conversation", 30.002, "At eight"),
      ),
    ).toEqual([
      ["Good evening", 9.999],
      ["A table please", 10],
      ["At eight", 10.001],
    ]);
  });

  test("keep their place when neither source has times", () => {
    expect(
      placed(
        untimed("report", 60, "A table please"),
        untimed("conversation", 8, "Good evening"),
        untimed("conversation", 8.001, "A table please"),
      ),
    ).toEqual([
      ["Good evening", 8],
      ["A table please", 60],
    ]);
  });

  test("place words that only they have right after the words before them", () => {
    expect(
      placed(
        line("transcript", 10, "one two three"),
        line("transcript", 20, "seven eight nine"),
        untimed("conversation", 60, "one two three four five six"),
        untimed("conversation", 60.001, "seven eight nine"),
      ),
    ).toEqual([
      ["one two three", 10],
      ["four five six", 10.001],
      ["seven eight nine", 20],
    ]);
  });

  test("do not affect the clock offset of a call", () => {
    const texts = ["How can I help?", "We have a Margherita.", "Good bye then."];
    const reported = texts.map((text, n) => untimed("report", 60 + n, text, { role: "assistant" }));
    const told = texts.map((text, n) => line("conversation", 1 + n * 10, text, { role: "assistant" }));
    const marks = texts.flatMap((_, n) => speaks("assistant", 5.4 + n * 10, 8 + n * 10));
    const at = mergeLines([...reported, ...told], { marks }).map((each) => each.at);
    expect(at).toEqual([5.4, 15.4, 25.4].map(atSecond));
  });
});

describe("a line said after a tool call", () => {
  const told = (text: string, notBefore: number, more: Partial<SourceLine> = {}) =>
    line("conversation", 12, text, { notBefore: atSecond(notBefore), ...more });
  const first = (...lines: SourceLine[]) =>
    (Date.parse(mergeLines(lines)[0]?.at ?? "") - Date.parse(atSecond(0))) / 1_000;
  const reported = (text: string) => line("report", 12, text);

  test("does not start before the tool call with the report's wording either", () => {
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 13))).toBe(13.1);
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 12))).toBe(12.1);
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 11))).toBe(12);
    expect(first(told("We have a Margherita", 11))).toBe(12);
  });

  test("starts after the last of several tool calls", () => {
    const again = { isTimed: false, at: atSecond(20) };
    expect(
      first(
        reported("We have a Margherita"),
        told("We have a Margherita", 13.2),
        told("We have a Margherita", 12.5, again),
      ),
    ).toBe(13.3);
  });

  test("is moved only if its first words follow the tool call, not if it merely contains them", () => {
    const after = told("we have a Margherita", 13);
    expect(first(reported("Well so we have a Margherita"), after)).toBe(13.1);
    expect(first(reported("Let me see, we have a Margherita"), after)).toBe(12);
    expect(first(reported("We have a Margherita"), told("Sure thing, we have a Margherita", 13))).toBe(12);
  });

  test("does not move a different line before it", () => {
    const lines = [line("report", 8, "One moment please"), reported("We have a Margherita")];
    expect(mergeLines([...lines, told("We have a Margherita", 13)]).map(({ at }) => at)).toEqual(
      [8, 13.1].map(atSecond),
    );
  });

  test("does not end before it starts", () => {
    const ended = line("report", 12, "We have a Margherita", { endedAt: atSecond(12.5) });
    expect(mergeLines([ended])[0]?.endedAt).toBe(atSecond(12.5));
    expect(mergeLines([ended, told("We have a Margherita", 13)])[0]?.endedAt).toBe(atSecond(13.1));
    expect(mergeLines([reported("We have a Margherita")])[0]?.endedAt).toBeNull();
  });
});

describe("merging any lines", () => {
  const vocabulary = ["yes", "no", "table", "two", "please", "hello", "pizza", "Thursday", "four"];
  const anyLine = fc.record({
    id: fc.uuid(),
    role: fc.constantFrom("user" as const, "assistant" as const),
    text: fc
      .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 9 })
      .map((words) => words.join(" ")),
    at: fc.integer({ min: 0, max: 60 }).map(atSecond),
    endedAt: fc.constant(null),
    // Transcript finals are always timed; see `stamped`.
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

  test("every word appears at least as often as in any one source, regardless of line order", () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, dice) => {
        const merged = mergeLines(lines);
        // A source's timed lines and its untimed ones are two versions of the same speech.
        const tellings = ["report", "transcript", "conversation"].flatMap((source) =>
          [true, false].map(
            (isTimed) => (each: SourceLine) => each.source === source && each.isTimed === isTimed,
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
