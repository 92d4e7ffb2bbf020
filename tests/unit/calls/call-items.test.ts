import { expect, test } from "vitest";
import { toCallItems, toTextTranscript } from "@/lib/calls/call-items";
import type { Line } from "@/lib/calls/line";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { hangs, makeMark } from "@/tests/support/makers/make-speech-facts";

const call = makeCall({ startedAt: atSecond(0) });
const line = (second: number, final = true): Line => ({
  id: `line ${second}`,
  role: "user",
  text: "Hello?",
  at: atSecond(second),
  endedAt: null,
  source: "transcript",
  final,
  onlyIn: null,
});

/** Each item's id, and of a repeated warning its count and last second. */
const itemsOf = (differences: Parameters<typeof makeDetail>[0]) =>
  toCallItems(makeDetail({ call, ...differences })).map((item) =>
    item.kind === "moment" && item.what === "mark" && item.warnings
      ? `${item.id} ×${item.warnings} until ${item.until === undefined ? "?" : (Date.parse(item.until) - Date.parse(atSecond(0))) / 1_000}`
      : item.id,
  );

test("hang warnings without speech between them become one item with their count and the time of the last one", () => {
  expect(itemsOf({ marks: [10, 15, 20].map(hangs) })).toEqual(["hang null 10 ×3 until 20"]);
  expect(itemsOf({ marks: [hangs(10)] })).toEqual(["hang null 10"]);
});

test("speech between hang warnings, even a partial, starts a new item", () => {
  const marks = [10, 15, 30, 35].map(hangs);
  const both = ["hang null 10 ×2 until 15", "line 20", "hang null 30 ×2 until 35"];
  expect(itemsOf({ marks, lines: [line(20)] })).toEqual(both);
  expect(itemsOf({ marks, partials: [{ role: "user", at: atSecond(20), text: "Hello" }] })).toEqual([
    both[0],
    "partial-user",
    both[2],
  ]);
});

test("a moment between two hang warnings stays a separate item and does not count as a warning", () => {
  const marks = [hangs(10), makeMark("language", null, 12), hangs(15), makeMark("language", null, 18)];
  expect(itemsOf({ marks })).toEqual(["hang null 10 ×2 until 15", "language null 12", "language null 18"]);
});

test("a text transcript has one line for repeated hang warnings", () => {
  const text = toTextTranscript(makeDetail({ call, marks: [10, 15, 80].map(hangs) }));
  expect(text.split("\n").filter((each) => each.includes("hanging"))).toEqual([
    "[0:10] (The assistant is hanging, 3 warnings until 1:20)",
  ]);
});
