import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mark } from "@/lib/calls/parts";
import { dropDuplicateMarks } from "@/lib/calls/transcript";

function transfer(id: string, second: number, detail: string | null): Mark {
  const at = new Date(Date.UTC(2026, 0, 15, 9, 0, second)).toISOString();
  return { id, kind: "transfer", role: null, turn: null, at, detail };
}

test.each([
  ["the number written in another way", "+15550100199", "+1 (555) 010-0199"],
  ["only one of them saying where to", null, "+15550100199"],
  ["only the first of them saying where to", "+15550100199", null],
  ["a SIP address with and without its scheme", "sip:desk@example.com", "desk@example.com"],
])("marks: a transfer reported twice is kept once, at its first time, with %s", (_, first, second) => {
  const kept = dropDuplicateMarks([transfer("b", 3, second), transfer("a", 1, first)]);
  expect(kept).toEqual([transfer("a", 1, first ?? second)]);
  const named = dropDuplicateMarks([transfer("a", 3, second), transfer("b", 1, first)]);
  expect(named).toEqual([transfer("b", 1, first ?? second)]);
});

test("marks: transfers to different destinations, or far apart in time, are not merged", () => {
  const elsewhere = [transfer("a", 1, "+15550100199"), transfer("b", 2, "+15550100177")];
  expect(dropDuplicateMarks(elsewhere)).toEqual(elsewhere);
  const later = [transfer("a", 1, "+15550100199"), transfer("b", 40, "+15550100199")];
  expect(dropDuplicateMarks(later)).toEqual(later);
});

test.each([
  [15_000, 1],
  [15_001, 2],
])("marks: two reports of one transfer %d ms apart count as %d", (apart, count) => {
  const first = transfer("a", 1, "+15550100199");
  const later = { ...first, id: "b", at: new Date(Date.parse(first.at) + apart).toISOString() };
  expect(dropDuplicateMarks([later, first])).toHaveLength(count);
});

test("marks: a transfer reported three times is kept once, with the destination that only the last report has", () => {
  const kept = [transfer("a", 1, null), transfer("b", 2, null), transfer("c", 3, "Front desk")];
  expect(dropDuplicateMarks(kept)).toEqual([transfer("a", 1, "Front desk")]);
});

test.each([
  ["tel:+15550100199", "+1.555.010.0199"],
  ["sips:desk@example.com", "DESK@example.com"],
  ["Front Desk", "front desk"],
])("marks: %s and %s are the same destination", (one, other) => {
  expect(dropDuplicateMarks([transfer("a", 1, one), transfer("b", 2, other)])).toEqual([
    transfer("a", 1, one),
  ]);
});

test("marks: the first by ID is kept if two reports have the same time", () => {
  const words = [transfer("b", 1, "Front desk"), transfer("a", 1, "front desk")];
  expect(dropDuplicateMarks(words)).toEqual([transfer("a", 1, "front desk")]);
  expect(dropDuplicateMarks(words.toReversed())).toEqual([transfer("a", 1, "front desk")]);
});

test("marks: the input order is kept when nothing is merged", () => {
  const marks = [
    transfer("c", 50, "Sales"),
    { ...transfer("h", 3, null), kind: "hang" as const },
    transfer("a", 1, null),
  ];
  expect(dropDuplicateMarks(marks)).toEqual(marks);
});

test("marks: only transfers are merged, and input order does not matter", () => {
  const mark = fc.record({
    second: fc.integer({ min: 0, max: 59 }),
    detail: fc.constantFrom(null, "+15550100199", "+15550100177"),
    kind: fc.constantFrom<Mark["kind"]>("transfer", "hang", "interrupted"),
  });
  const marks = fc
    .array(mark, { maxLength: 12 })
    .map((all) =>
      all.map(
        ({ second, detail, kind }, index): Mark => ({ ...transfer(`m${index}`, second, detail), kind }),
      ),
    );
  fc.assert(
    fc.property(marks, fc.infiniteStream(fc.nat()), (all, keys) => {
      const shuffled = all.map((each) => ({ each, key: keys.next().value })).sort((a, b) => a.key - b.key);
      const byId = (kept: Mark[]) => kept.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const kept = dropDuplicateMarks(all);
      expect(byId(dropDuplicateMarks(shuffled.map(({ each }) => each)))).toEqual(byId(kept));
      expect(kept.filter(({ kind }) => kind !== "transfer")).toEqual(
        all.filter(({ kind }) => kind !== "transfer"),
      );
      expect(dropDuplicateMarks(kept)).toEqual(kept);
    }),
  );
});
