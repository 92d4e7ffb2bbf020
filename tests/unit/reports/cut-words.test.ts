import fc from "fast-check";
import { expect, test } from "vitest";
import { cutWords } from "@/lib/reports/cut-words";
import { anyText } from "@/tests/support/makers/any-text";

test("search words: a word's position starts and ends between characters, even if normalization changes their length", () => {
  // A compatibility ideograph of two code units becomes one; a ligature of one becomes two.
  const text = `${String.fromCodePoint(0x2f83e)}\uFB00 next`;
  const places = cutWords(text).map(({ start, end }) => text.slice(start, end));
  expect(places.slice(0, -1).every((place) => place === text.slice(0, 3))).toBe(true);
  expect(places.at(-1)).toBe("next");
});

test("search words: a character of two code units that normalizes to two characters has a single position", () => {
  const text = `${String.fromCodePoint(0x1f100)} next`;
  expect(cutWords(text).map(({ start, end }) => text.slice(start, end))).toEqual([text.slice(0, 2), "next"]);
});

test("search words: in any text, each word's position covers a well-formed part", () => {
  fc.assert(
    fc.property(anyText({ maxLength: 40 }), (text) => {
      for (const { start, end } of cutWords(text)) expect(text.slice(start, end).isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
