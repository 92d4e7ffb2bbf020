import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Speaker } from "@/lib/calls/call";
import { toTextTranscript } from "@/lib/calls/call-items";
import type { Line, PartialLine } from "@/lib/calls/line";
import { toPartialLine } from "@/lib/calls/partial-lines";
import { toMoments, toTranscript } from "@/lib/calls/transcript";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeReport } from "@/tests/support/makers/make-report";
import { makeMark, speaks } from "@/tests/support/makers/make-speech-facts";

function line(role: Speaker, second: number, text: string, source: Line["source"] = "transcript"): Line {
  return {
    id: `${role}-${second}`,
    role,
    text,
    at: atSecond(second),
    endedAt: null,
    source,
    final: true,
    onlyIn: null,
  };
}
const partial = (role: Speaker, second: number, text: string): PartialLine => ({
  role,
  text,
  at: atSecond(second),
});
const said = (...parts: Parameters<typeof toTranscript>) =>
  toTranscript(...parts).map((item) =>
    item.kind === "bubble" ? [item.role, item.text, item.partial] : item,
  );

describe("transcript", () => {
  test("the finals of one turn form one bubble", () => {
    const lines = [
      line("assistant", 1, "I'm calling about final expense in"),
      line("assistant", 3, "insurance, which can help."),
      line("user", 5, "Yes."),
    ];
    expect(said(lines, [])).toEqual([
      ["assistant", "I'm calling about final expense in insurance, which can help.", null],
      ["user", "Yes.", null],
    ]);
  });

  test("a partial is shown at the end of its role's bubble", () => {
    expect(said([line("user", 1, "I'd like")], [partial("user", 2, "to move my")])).toEqual([
      ["user", "I'd like", "to move my"],
    ]);
  });

  test("a partial of the other voice gets a bubble of its own", () => {
    expect(said([line("user", 1, "Hello?")], [partial("assistant", 2, "Hi, this")])).toEqual([
      ["user", "Hello?", null],
      ["assistant", "", "Hi, this"],
    ]);
  });

  test("a partial no newer than its role's last final is not shown", () => {
    expect(said([line("user", 2, "Hello?")], [partial("user", 2, "Hel"), partial("user", 1, "H")])).toEqual([
      ["user", "Hello?", null],
    ]);
  });

  test("a partial covered by a final is not shown next to it, even if the final is stamped with its start", () => {
    const text = "What medication did the vet prescribe, Marvin?";
    const lines = [line("user", 1, text, "conversation")];
    expect(said(lines, [partial("user", 4, "what medication did the vet")])).toEqual([["user", text, null]]);
    expect(said(lines, [partial("user", 4, "and how often")])).toEqual([["user", text, "and how often"]]);
  });

  test("a partial older than its voice's newest final is not shown, but one older than unconfirmed words is", () => {
    const lines = [line("user", 1, "Hello?"), line("assistant", 2, "Hi."), line("user", 6, "On Thursday.")];
    const shown = [
      ["user", "Hello?", null],
      ["assistant", "Hi.", null],
      ["user", "On Thursday.", null],
    ];
    const old = [partial("user", 3, "Are you open")];
    for (const given of [lines, lines.toReversed()]) expect(said(given, old)).toEqual(shown);
    const unsure = lines.map((each) => ({ ...each, final: each.at !== atSecond(6) }));
    expect(said(unsure, old)).toContainEqual(["user", "On Thursday.", "Are you open"]);
  });

  test("a partial covered by a final is not shown after the other voice's line either", () => {
    const asked = line("user", 1, "Are you open on Thursday?", "conversation");
    const lines = [asked, line("assistant", 3, "We are.")];
    const open = [partial("user", 4, "ARE you open, on")];
    expect(said(lines, open)).toEqual([
      ["user", "Are you open on Thursday?", null],
      ["assistant", "We are.", null],
    ]);
    // A transcript final is stamped at its end, so anything later was said after it.
    const ended = { ...asked, source: "transcript" as const };
    expect(said([ended, line("assistant", 3, "We are.")], open)).toHaveLength(3);
    expect(said(lines, [partial("user", 4, "and on Friday")])).toHaveLength(3);
  });

  test("a long pause starts a new bubble", () => {
    expect(said([line("user", 1, "Hello?"), line("user", 40, "Hello? Yes.")], [])).toHaveLength(2);
  });

  test("a moment between two lines is shown between their bubbles", () => {
    const tool = { kind: "moment" as const, id: "tool", at: atSecond(2), name: "book" };
    const lines = [line("assistant", 1, "Let me check"), line("assistant", 3, "that for you.")];
    expect(toTranscript(lines, [], [tool]).map(({ kind }) => kind)).toEqual(["bubble", "moment", "bubble"]);
  });

  test("no word is lost or repeated, regardless of line order", () => {
    const anyLine = fc
      .tuple(fc.constantFrom("user" as const, "assistant" as const), fc.integer({ min: 0, max: 99 }))
      .map(([role, second]) => line(role, second, `${role}${second}`));
    const lines = fc.uniqueArray(anyLine, { selector: ({ id }) => id });
    fc.assert(
      fc.property(lines, (list) => {
        const words = toTranscript(list, []).flatMap(({ text }) => text.split(" "));
        expect(words.toSorted()).toEqual(list.map(({ text }) => text).toSorted());
        expect(toTranscript(list.toReversed(), [])).toEqual(toTranscript(list, []));
      }),
    );
  });
});

describe("a transcript bubble", () => {
  const bubbles = (...parts: Parameters<typeof toTranscript>) => toTranscript(...parts);

  test("has the time and ID of its first line, and lasts until the latest end of its lines", () => {
    const long = { ...line("user", 1, "I need"), endedAt: atSecond(9) };
    const short = { ...line("user", 3, "a plumber"), endedAt: atSecond(5) };
    expect(bubbles([long, short], [])).toEqual([
      {
        kind: "bubble",
        id: "user-1",
        role: "user",
        at: atSecond(1),
        until: atSecond(9),
        text: "I need a plumber",
        partial: null,
        onlyIn: null,
        assistantName: null,
        confidence: null,
        filters: [],
      },
    ]);
  });

  test("continues after a pause of up to 20 s, counted from the end of speech", () => {
    const first = { ...line("user", 1, "One"), endedAt: atSecond(5) };
    expect(bubbles([first, line("user", 25, "two")], [])).toHaveLength(1);
    expect(bubbles([first, line("user", 25.001, "two")], [])).toHaveLength(2);
  });

  test("is not continued by a line of another assistant, but is by a line without an assistant name", () => {
    const ann = { ...line("assistant", 1, "Hello."), assistantName: "Ann" };
    const bob = { ...line("assistant", 2, "Hi."), assistantName: "Bob" };
    const unnamed = line("assistant", 2, "Hi.");
    expect(bubbles([ann, bob], [])).toMatchObject([{ assistantName: "Ann" }, { assistantName: "Bob" }]);
    expect(bubbles([ann, { ...bob, assistantName: "Ann" }], [])).toHaveLength(1);
    expect(bubbles([ann, unnamed], [])).toMatchObject([{ assistantName: "Ann", text: "Hello. Hi." }]);
    expect(bubbles([{ ...ann, assistantName: null }, bob], [])).toMatchObject([{ assistantName: "Bob" }]);
  });

  test("does not mix words known from a single source with other words", () => {
    const live = { ...line("user", 2, "Only live"), onlyIn: "live" as const };
    expect(bubbles([line("user", 1, "Both"), live], [])).toMatchObject([
      { onlyIn: null },
      { onlyIn: "live" },
    ]);
  });

  test("has the lowest confidence of those of its lines that have one", () => {
    const sure = (second: number, confidence: number | null) => ({
      ...line("user", second, "so"),
      confidence,
    });
    expect(bubbles([sure(1, 0.9), sure(2, 0.4), sure(3, null)], [])).toMatchObject([{ confidence: 0.4 }]);
    expect(bubbles([sure(1, null), sure(2, 0.7)], [])).toMatchObject([{ confidence: 0.7 }]);
    expect(bubbles([sure(1, null), sure(2, null)], [])).toMatchObject([{ confidence: null }]);
  });

  test("keeps the security filter results of all its lines, in order", () => {
    const filtered = (second: number, threat: string) => ({
      ...line("user", second, "…"),
      filter: { threats: [threat], original: null },
    });
    expect(bubbles([filtered(1, "a"), line("user", 2, "b"), filtered(3, "c")], [])).toMatchObject([
      { filters: [{ threats: ["a"] }, { threats: ["c"] }] },
    ]);
  });

  test("has an ID made from the role if it holds only a partial", () => {
    expect(bubbles([], [partial("assistant", 2, "Hi, this")])).toEqual([
      {
        kind: "bubble",
        id: "partial-assistant",
        role: "assistant",
        at: atSecond(2),
        until: atSecond(2),
        text: "",
        partial: "Hi, this",
        onlyIn: null,
        assistantName: null,
        confidence: null,
        filters: [],
      },
    ]);
  });

  test("shows only those words of a partial that its lines do not have yet", () => {
    const lines = [line("user", 1, "I need a plumber.")];
    expect(said(lines, [partial("user", 2, "I need a plumber today")])).toEqual([
      ["user", "I need a plumber.", "today"],
    ]);
  });

  test.each([4, 5])(
    "a partial at second 4 is shown with its voice's unconfirmed words at second %i",
    (second) => {
      const unconfirmed = toPartialLine(partial("user", second, "I need"));
      expect(
        toTranscript([{ ...unconfirmed, onlyIn: null }], [partial("user", 4, "hello there")]),
      ).toMatchObject([{ id: unconfirmed.id, text: "I need", partial: "hello there" }]);
    },
  );

  test("a partial before unconfirmed words of its voice shows only the words they lack", () => {
    const unconfirmed = { ...toPartialLine(partial("user", 5, "I need a plumber")), onlyIn: null };
    expect(said([unconfirmed], [partial("user", 4, "I need a plumber today")])).toEqual([
      ["user", "I need a plumber", "today"],
    ]);
    expect(said([unconfirmed], [partial("user", 4, "need a plum")])).toEqual([
      ["user", "I need a plumber", null],
    ]);
  });

  test("a partial is compared with the newest final of its role, regardless of list order", () => {
    const lines = [line("user", 8, "Late"), line("user", 1, "Early"), line("assistant", 20, "Other voice")];
    expect(said(lines, [partial("user", 5, "between")]).flat()).not.toContain("between");
    expect(said(lines, [partial("user", 9, "after")]).flat()).toContain("after");
  });

  test("a partial older than its voice's last final is not shown, even if the other voice spoke between them", () => {
    const lines = [line("user", 8, "Late"), line("assistant", 3, "Other voice")];
    const texts = [
      ["assistant", "Other voice", null],
      ["user", "Late", null],
    ];
    expect(said(lines, [partial("user", 2, "between")])).toEqual(texts);
    expect(said([line("user", 1, "Early"), ...lines], [partial("user", 2, "between")])).toEqual([
      ["user", "Early", null],
      ...texts,
    ]);
  });

  test("a partial at the same time as its voice's last final is not shown", () => {
    expect(said([line("user", 2, "Hello?")], [partial("user", 2, "Goodbye then")])).toEqual([
      ["user", "Hello?", null],
    ]);
  });

  test("the same one of two simultaneous finals is compared with a partial, regardless of list order", () => {
    const shows = (conversationId: string, transcriptId: string) => {
      const lines = [
        { ...line("user", 1, "Are you open on Thursday?", "conversation"), id: conversationId },
        { ...line("user", 1, "Hello."), id: transcriptId },
      ];
      return [lines, lines.toReversed()].map(
        (given) =>
          said([...given, line("assistant", 2, "Yes.")], [partial("user", 4, "are you open")]).length,
      );
    };
    expect(shows("a", "b")).toEqual([3, 3]);
    expect(shows("b", "a")).toEqual([2, 2]);
  });

  test("a partial with ellipses around it is not shown next to its final", () => {
    const told = line("user", 1, "I need a plumber, please", "report");
    expect(said([told], [partial("user", 3, "… I need a plumber …")])).toEqual([["user", told.text, null]]);
  });

  test("a partial that differs from a report's final in letter case and punctuation is not shown", () => {
    const told = line("user", 1, "Yes -- I need a PLUMBER!", "report");
    expect(said([told], [partial("user", 3, " i need, a plumber ")])).toEqual([["user", told.text, null]]);
  });

  test("moments at the same time are sorted by ID", () => {
    const moment = (id: string) => ({ kind: "moment" as const, id, at: atSecond(1) });
    const [b, a] = [moment("b"), moment("a")];
    expect(toTranscript([], [], [b, a])).toEqual([a, b]);
    expect(toTranscript([], [], [a, b])).toEqual([a, b]);
  });
});

const booked = {
  id: "t",
  toolCallId: "call_1",
  name: "book",
  arguments: {},
  askedAt: atSecond(6),
  answeredAt: atSecond(7),
  result: "done",
  error: null,
};

test("moments are tool calls at their request time, and marks except speech marks and duplicate transfers", () => {
  const [hang, interrupted] = [makeMark("hang", null, 3), makeMark("interrupted", null, 5)];
  expect(toMoments([booked], [hang, ...speaks("user", 1, 2), interrupted])).toEqual([
    { kind: "moment", what: "tool", id: "t", at: atSecond(6), toolCall: booked },
    { kind: "moment", what: "mark", id: hang.id, at: atSecond(3), mark: hang },
    { kind: "moment", what: "mark", id: interrupted.id, at: atSecond(5), mark: interrupted },
  ]);
  const twice = [makeMark("transfer", null, 3), makeMark("transfer", null, 4)];
  expect(toMoments([], twice)).toHaveLength(1);
});

describe("a text transcript", () => {
  const call = makeCall({
    status: "ended",
    startedAt: atSecond(0),
    endedAt: atSecond(65),
    endedReason: null,
  });
  const textOf = (differences: Parameters<typeof makeDetail>[0]) =>
    toTextTranscript(makeDetail({ call, ...differences })).split("\n");

  test("states the call's ID, assistant, start and length", () => {
    const text = textOf({ call: { ...call, assistantName: "Booking line", assistantId: "a1" } });
    expect(text).toContain(`Id: ${call.id}`);
    expect(text).toContain("Assistant: Booking line");
    expect(text).toContain(`Began: ${atSecond(0)}`);
    expect(text).toContain("Length: 1:05");
    expect(textOf({ call: { ...call, assistantName: null, assistantId: "a1" } })).toContain("Assistant: a1");
    expect(textOf({ call: { ...call, assistantName: null, assistantId: null } })).toContain(
      "Assistant: none",
    );
  });

  test("states how the call ended, and omits it if unknown", () => {
    const ended = (differences: Partial<typeof call>) =>
      textOf({ call: { ...call, ...differences } }).filter((each) => each.startsWith("Ended:"));
    expect(ended({ endedReason: "silence-timed-out" })).toEqual(["Ended: Silence until the time limit"]);
    expect(ended({ endedReason: "customer-ended-call", endedWaiting: true })).not.toEqual(
      ended({ endedReason: "customer-ended-call" }),
    );
    expect(ended({ endedReason: null })).toEqual([]);
  });

  test("has the report's summary between its header and the lines, and no gap without a summary", () => {
    const lines = [line("user", 3, "Hello?")];
    const length = "Length: 1:05";
    const below = (text: string[]) => text.slice(text.indexOf(length) + 1);
    const summary = "They said hello.";
    expect(below(textOf({ lines, report: makeReport({ summary }) }))).toEqual([
      "",
      summary,
      "",
      "[0:03] Caller: Hello?",
      "",
    ]);
    const without = ["", "[0:03] Caller: Hello?", ""];
    expect(below(textOf({ lines, report: null }))).toEqual(without);
    expect(below(textOf({ lines, report: makeReport({ summary: null }) }))).toEqual(without);
  });

  test("lists lines, marks and tool calls in order, with speakers, results and filter notes", () => {
    const filter = { threats: ["pii"], original: null };
    const lines: Line[] = [
      { ...line("user", 1, "I am Ann."), filter },
      { ...line("assistant", 8, "It is booked."), assistantName: "Maya" },
    ];
    const text = textOf({
      lines,
      marks: [makeMark("hang", null, 3)],
      toolCalls: [
        booked,
        { ...booked, id: "u", askedAt: atSecond(6.5), result: null, error: "No slot" },
        { ...booked, id: "v", askedAt: atSecond(7), result: null, answeredAt: null },
      ],
      report: null,
    });
    expect(text.slice(-7)).toEqual([
      "[0:01] Caller: I am Ann. (changed by Vapi's security filter)",
      "[0:03] (The assistant is hanging)",
      "[0:06] (Tool book: done)",
      "[0:06] (Tool book: No slot)",
      "[0:07] (Tool book: no answer)",
      "[0:08] Maya: It is booked.",
      "",
    ]);
  });
});
