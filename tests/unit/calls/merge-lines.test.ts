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

  test("one final removes nothing of the conversation updates", () => {
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
  test("the words stay, marked, when the same voice continues with others", () => {
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
  const said = (role: SourceLine["role"], second: number, text: string, more: Partial<SourceLine> = {}) =>
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

  test("the report's messages tell it while conversation updates have but one, and the moved lines end later, too", () => {
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

  test("only beginnings of speech tell it: ends and warnings that agree do not", () => {
    const marks = [
      ...speaks("assistant", 1.5, 4.5),
      ...speaks("user", 6.5, 9.5),
      makeMark("speech-stopped", "assistant", 15.5),
      ...[5, 10, 16].map((second) => makeMark("hang", null, second)),
    ];
    expect(mergeLines(lines, { marks }).map(({ at }) => at)).toEqual(lines.map(({ at }) => at));
  });

  test("where speech says that there is but one, late finals do not say otherwise", () => {
    const finals = lines.map(({ role, text, endedAt }) =>
      line("transcript", (Date.parse(endedAt ?? "") - Date.parse(atSecond(0))) / 1_000 + 3, text, { role }),
    );
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    const marks = [...speaks("assistant", 1.5, 3), ...speaks("user", 6.5, 8)];
    expect(mergeLines([...reported, ...finals], { marks }).map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at),
    );
  });

  test("conversation updates, however many, do not outweigh what finals tell", () => {
    const reported = lines.map((each) => ({ ...each, id: `report ${each.id}`, source: "report" as const }));
    const finals = [
      line("transcript", 6.5, "How can I help?", { role: "assistant" }),
      line("transcript", 11.5, "Which pizzas do you have?"),
    ];
    expect(mergeLines([...reported, ...lines, ...finals]).map(({ at }) => at)).toEqual(
      [5.5, 10.5, 16.5].map(atSecond),
    );
  });

  test("finals tell it by where in their message they end", () => {
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

describe("words that only one line has", () => {
  const report = (from: number, to: number, text: string) =>
    line("report", from, text, { endedAt: atSecond(to) });
  const texts = (...lines: SourceLine[]) => mergeLines(lines).map(({ text }) => text);

  test("stand after the words before them and before the words after them, whatever the stamps say", () => {
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

  test("are not torn apart by a word or two that were found amid them by chance", () => {
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

  test("are separated by a word among them that is a line of its own", () => {
    const lines = [report(1, 3, "one two three"), report(4, 5, "Yes."), report(6, 7, "Right so.")];
    const said = line("transcript", 9, "one two three u v w yes k l m");
    expect(texts(...lines, said)).toEqual(["one two three", "u v w", "Yes.", "Right so.", "k l m"]);
  });

  test("are looked for among everything that was known before, in order of time", () => {
    const later = Array.from({ length: 10 }, (_, n) => report(40 + n, 41 + n, "Yes."));
    const lines = [...later, line("transcript", 5, "Yes."), line("conversation", 4.5, "Yes.")];
    expect(texts(...lines)).toHaveLength(11);
  });
});

describe("details from a weaker source for words of a stronger one", () => {
  const final = (second: number, text: string, more: Partial<SourceLine> = {}) =>
    line("transcript", second, text, more);
  const confidences = (...lines: SourceLine[]) =>
    mergeLines(lines).map(({ text, confidence }) => [text, confidence]);

  test("go to the line that has most of the words", () => {
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

  test("go to no line that has less than half of the words", () => {
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

  test("have the lowest confidence, and none where no source has one", () => {
    const reported = line("report", 1, "one two three four");
    expect(confidences(reported, final(3, "one two", { confidence: 0.9 }), final(5, "three four"))).toEqual([
      ["one two three four", 0.9],
    ]);
    const [unsure] = mergeLines([reported, final(3, "one two three four")]);
    expect(unsure).not.toHaveProperty("confidence");
    const [without] = mergeLines([reported, final(3, "one two three four", { confidence: 0 })]);
    expect(without).toHaveProperty("confidence", 0);
  });

  test("count as heard by that source when it has half of the line's words", () => {
    const lines = [line("report", 1, "one two three four five six"), line("report", 20, "Goodbye my friend")];
    const onlyIn = (text: string) =>
      shown([...lines, final(3, text), final(21, "Goodbye my friend")])[0]?.[2];
    expect(onlyIn("one two three")).toBeNull();
    expect(onlyIn("one two")).toBe("report");
  });
});

describe("lines whose source has no times", () => {
  const untimed = (source: Source, second: number, text: string, more: Partial<SourceLine> = {}) =>
    line(source, second, text, { isTimed: false, ...more });
  const placed = (...lines: SourceLine[]) =>
    mergeLines(lines).map(({ text, at }) => [text, (Date.parse(at) - Date.parse(atSecond(0))) / 1_000]);

  test("stand where others began to say their first words", () => {
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

  test("stand beside those of theirs that a report has with times", () => {
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

  test("leave words that only they have with the words before them", () => {
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

  test("say nothing of the clocks of a call", () => {
    const texts = ["How can I help?", "We have a Margherita.", "Good bye then."];
    const reported = texts.map((text, n) => untimed("report", 60 + n, text, { role: "assistant" }));
    const told = texts.map((text, n) => line("conversation", 1 + n * 10, text, { role: "assistant" }));
    const marks = texts.flatMap((_, n) => speaks("assistant", 5.4 + n * 10, 8 + n * 10));
    const at = mergeLines([...reported, ...told], { marks }).map((each) => each.at);
    expect(at).toEqual([5.4, 15.4, 25.4].map(atSecond));
  });
});

describe("what was said after a tool was asked for", () => {
  const told = (text: string, notBefore: number, more: Partial<SourceLine> = {}) =>
    line("conversation", 12, text, { notBefore: atSecond(notBefore), ...more });
  const first = (...lines: SourceLine[]) =>
    (Date.parse(mergeLines(lines)[0]?.at ?? "") - Date.parse(atSecond(0))) / 1_000;
  const reported = (text: string) => line("report", 12, text);

  test("does not stand before that in the report's words either", () => {
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 13))).toBe(13.1);
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 12))).toBe(12.1);
    expect(first(reported("We have a Margherita"), told("We have a Margherita", 11))).toBe(12);
    expect(first(told("We have a Margherita", 11))).toBe(12);
  });

  test("is after the last of the tools that were asked for", () => {
    const again = { isTimed: false, at: atSecond(20) };
    expect(
      first(
        reported("We have a Margherita"),
        told("We have a Margherita", 13.2),
        told("We have a Margherita", 12.5, again),
      ),
    ).toBe(13.3);
  });

  test("is a line only if its first words are: what merely contains them may have begun before", () => {
    const after = told("we have a Margherita", 13);
    expect(first(reported("Well so we have a Margherita"), after)).toBe(13.1);
    expect(first(reported("Let me see, we have a Margherita"), after)).toBe(12);
    expect(first(reported("We have a Margherita"), told("Sure thing, we have a Margherita", 13))).toBe(12);
  });

  test("moves nothing that was said in another line before", () => {
    const lines = [line("report", 8, "One moment please"), reported("We have a Margherita")];
    expect(mergeLines([...lines, told("We have a Margherita", 13)]).map(({ at }) => at)).toEqual(
      [8, 13.1].map(atSecond),
    );
  });

  test("does not end before it begins", () => {
    const ended = line("report", 12, "We have a Margherita", { endedAt: atSecond(12.5) });
    expect(mergeLines([ended])[0]?.endedAt).toBe(atSecond(12.5));
    expect(mergeLines([ended, told("We have a Margherita", 13)])[0]?.endedAt).toBe(atSecond(13.1));
    expect(mergeLines([reported("We have a Margherita")])[0]?.endedAt).toBeNull();
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

  test("no word of any source is lost, as often as the source has it, and no order of theirs matters", () => {
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
