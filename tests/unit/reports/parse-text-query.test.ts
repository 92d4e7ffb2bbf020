import fc from "fast-check";
import { expect, it } from "vitest";
import { parseTextQuery } from "@/lib/reports/parse-text-query";

const words = (...each: string[]) => ({ words: each, isPrefix: false, isNegated: false });

it.each([
  ["refund", [words("refund")]],
  ["Lost PARCEL", [words("lost"), words("parcel")]],
  ['"lost parcel"', [words("lost", "parcel")]],
  ['"lost parcel', [words("lost", "parcel")]],
  ["e-mail", [words("e", "mail")]],
  ["par*", [{ ...words("par"), isPrefix: true }]],
  ["-refund", [{ ...words("refund"), isNegated: true }]],
  ['-"no refund" now', [{ ...words("no", "refund"), isNegated: true }, words("now")]],
  ["mañana übermorgen", [words("mañana"), words("übermorgen")]],
  ["& | ! ( ) : * -- ''", []],
  ["", []],
])("%s", (typed, terms) => {
  expect(parseTextQuery(typed)).toEqual(terms);
});

it("takes anything, and never lets a word have anything but letters and digits in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (typed) => {
      for (const term of parseTextQuery(typed)) {
        expect(term.words.length).toBeGreaterThan(0);
        for (const word of term.words) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
      }
    }),
  );
});
