import fc from "fast-check";
import { expect, it } from "vitest";
import { parseTextQuery } from "@/lib/reports/text-query";
import { anyText } from "@/tests/support/makers/any-text";

const words = (...each: string[]) => ({
  words: each,
  numbers: [] as string[],
  isPrefix: false,
  isLoose: false,
  isNegated: false,
});

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
  ["AB-12*", [{ ...words("ab", "12"), isPrefix: true }]],
  ["¿Cuánto “Wimbledon”", [words("cuánto"), words("wimbledon")]],
  ["$1,299.00", [words("1", "299", "00")]],
  ["京 東京都", [{ ...words("京"), isPrefix: true }, words("東京", "京都")]],
  ["555-010-0199", [{ ...words("555", "010", "0199"), numbers: ["5550100199"] }]],
  [
    "+1 (555) 010-0199",
    [
      {
        ...words("1", "555", "010", "0199"),
        isLoose: true,
        numbers: ["15550100199", "5550100199", "550100199", "50100199"],
      },
    ],
  ],
  ["12 34", [words("12"), words("34")]],
  ["& | ! ( ) : * -- ''", []],
  ["", []],
])("search text: %s is parsed into its terms", (typed, terms) => {
  expect(parseTextQuery(typed)).toEqual(terms);
});

it("search text: any input is accepted, and words contain only letters, marks and digits", () => {
  fc.assert(
    fc.property(anyText({ maxLength: 60 }), (typed) => {
      for (const term of parseTextQuery(typed)) {
        expect(term.words.length).toBeGreaterThan(0);
        for (const word of term.words) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
      }
    }),
  );
});
