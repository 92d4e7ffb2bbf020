import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callHangs, findEpisodes, type HangSigns } from "@/lib/alerts/episodes";
import type { Mark } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { hangs, makeLine, makeMark, makeSourceLine, speaks } from "@/tests/support/makers/make-speech-facts";

const live = makeCall({ startedAt: atSecond(0), endedAt: null });
const over = { ...live, status: "ended", endedAt: atSecond(20) };

const find = (marks: readonly Mark[], lines: HangSigns["lines"] = [], call = live) =>
  callHangs(call, { marks, lines });

/** Seconds into the call. */
const toSecond = (at: string | null) => at && (Date.parse(at) - Date.parse(atSecond(0))) / 1_000;
const spans = (...parts: Parameters<typeof find>) =>
  find(...parts).map(({ startedAt, stoppedAt, warnings }) => [
    toSecond(startedAt),
    toSecond(stoppedAt),
    warnings,
  ]);

describe("the hangs of a call", () => {
  test("begin when the last speech ends and last until the assistant speaks, regardless of how many warnings Vapi sends", () => {
    const marks = [
      ...speaks("assistant", 1, 2),
      hangs(5),
      hangs(8),
      ...speaks("assistant", 10, 11),
      hangs(30),
    ];
    expect(find(marks)).toEqual([
      { startedAt: atSecond(2), warnedAt: atSecond(5), stoppedAt: atSecond(10), warnings: 2 },
      { startedAt: atSecond(11), warnedAt: atSecond(30), stoppedAt: null, warnings: 1 },
    ]);
  });

  test("are ended by an assistant line without speech marks, on live and ended calls", () => {
    const marks = [...speaks("user", 1, 3), hangs(6), hangs(15)];
    const lines = [makeLine("assistant", 9)];
    expect(spans(marks, lines)).toEqual([
      [3, 9, 1],
      [9, null, 1],
    ]);
    expect(spans(marks, lines, over)).toEqual([
      [3, 9, 1],
      [9, 20, 1],
    ]);
  });

  test("are ended by the latest sign of assistant speech, even without a mark or line", () => {
    expect(spans([hangs(6)], [], { ...live, assistantSpokeAt: atSecond(9) })).toEqual([[0, 9, 1]]);
    expect(spans([hangs(6)], [], { ...over, assistantSpokeAt: atSecond(4) })).toEqual([[4, 20, 1]]);
  });

  test("begin at the latest line before the warning if there are no speech marks, and are not ended by the caller's line", () => {
    expect(spans([hangs(8)], [makeLine("user", 4), makeLine("user", 9)])).toEqual([[4, null, 1]]);
  });

  test("are not ended by a line from a conversation list, which is stamped when its words began", () => {
    const told = makeSourceLine({ role: "assistant", at: atSecond(9), source: "conversation" });
    expect(spans([hangs(6)], [told])).toEqual([[0, null, 1]]);
  });

  test("end with the call, and none begin after it", () => {
    expect(spans([hangs(8), hangs(20), hangs(25)], [], over)).toEqual([[0, 20, 1]]);
    expect(find([hangs(20), hangs(25)], [], over)).toEqual([]);
  });

  test("are found only where Vapi sent a warning", () => {
    expect(find([makeMark("interrupted", null, 5)])).toEqual([]);
  });

  test("do not include a warning at the exact moment the assistant begins to speak", () => {
    expect(find([hangs(9), ...speaks("assistant", 9, 10)])).toEqual([]);
  });

  test.each([
    ["the warning, where nothing is known before it", [], null, 9],
    ["the call's start, where nobody has spoken yet", [], 2, 2],
    ["the warning, where the start is later", [], 10, 9],
    ["the call's start at the very warning", [], 9, 9],
    ["the end of the newest speech", [...speaks("user", 1, 2), ...speaks("assistant", 4, 5)], 0, 5],
    ["the warning, while somebody speaks", [makeMark("speech-started", "assistant", 4)], 0, 9],
    ["the warning, where speech ends only later", speaks("assistant", 4, 12), 0, 9],
    ["a stop whose start was lost", [makeMark("speech-stopped", "user", 6)], 0, 6],
    ["what was before the warning, not after", [...speaks("user", 1, 2), ...speaks("user", 11, 12)], 0, 2],
  ] as const)("count the caller's wait from %s", (_, marks, answered, since) => {
    const call = { ...live, startedAt: answered === null ? null : atSecond(answered) };
    expect(spans([hangs(9), ...marks], [], call)[0]?.[0]).toBe(since);
  });

  test("match the call's alerts, and do not depend on the order or repetition of marks and lines", () => {
    const rules = { waitingSeconds: 5, longSeconds: 10, noAnswerSeconds: null, silenceSeconds: null };
    const seconds = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(seconds, seconds, seconds, (warned, marked, said) => {
        const marks = [
          ...warned.map(hangs),
          ...marked.map((at) => makeMark("speech-started", "assistant", at)),
        ];
        const lines = said.map((at) => makeLine("assistant", at));
        const found = find(marks, lines);
        expect(find([...marks.toReversed(), ...marks], [...lines.toReversed(), ...lines])).toEqual(found);
        const heard = { marks, lines, assistantSpokeAt: null, startedAt: atSecond(0), endedAt: null };
        const alerts = findEpisodes(heard, rules, Date.parse(atSecond(61)));
        expect(
          alerts.map(({ since, openedAt, closedAt, hangs }) => [since, openedAt, closedAt, hangs]),
        ).toEqual(
          found.map(({ startedAt, warnedAt, stoppedAt, warnings }) => [
            startedAt,
            warnedAt,
            stoppedAt,
            warnings,
          ]),
        );
      }),
    );
  });
});
