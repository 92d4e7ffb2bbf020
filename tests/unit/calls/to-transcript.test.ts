import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Line, PartialLine } from "@/lib/calls/line";
import type { Speaker } from "@/lib/calls/speaker";
import { toTranscript } from "@/lib/calls/to-transcript";
import { atSecond } from "@/tests/support/at-second";

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

describe("the transcript a reader sees", () => {
  test("finals that come in pieces are one bubble a turn", () => {
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

  test("a partial stands at the end of its role's bubble", () => {
    expect(said([line("user", 1, "I'd like")], [partial("user", 2, "to move my")])).toEqual([
      ["user", "I'd like", "to move my"],
    ]);
  });

  test("a partial of the other voice is a bubble of its own", () => {
    expect(said([line("user", 1, "Hello?")], [partial("assistant", 2, "Hi, this")])).toEqual([
      ["user", "Hello?", null],
      ["assistant", "", "Hi, this"],
    ]);
  });

  test("a partial no newer than its role's last final is history", () => {
    expect(said([line("user", 2, "Hello?")], [partial("user", 2, "Hel"), partial("user", 1, "H")])).toEqual([
      ["user", "Hello?", null],
    ]);
  });

  test("a partial is not shown beside the final that says it, where finals are stamped with their beginning", () => {
    const text = "What medication did the vet prescribe, Marvin?";
    const lines = [line("user", 1, text, "conversation")];
    expect(said(lines, [partial("user", 4, "what medication did the vet")])).toEqual([["user", text, null]]);
    expect(said(lines, [partial("user", 4, "and how often")])).toEqual([["user", text, "and how often"]]);
  });

  test("a long pause begins a new bubble", () => {
    expect(said([line("user", 1, "Hello?"), line("user", 40, "Hello? Yes.")], [])).toHaveLength(2);
  });

  test("what happened between stands between", () => {
    const tool = { kind: "moment" as const, id: "tool", at: atSecond(2), name: "book" };
    const lines = [line("assistant", 1, "Let me check"), line("assistant", 3, "that for you.")];
    expect(toTranscript(lines, [], [tool]).map(({ kind }) => kind)).toEqual(["bubble", "moment", "bubble"]);
  });

  test("no word is lost or said twice, whatever the order the lines come in", () => {
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
