import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText } from "@/lib/clean-text";
import { splitPassages } from "@/lib/knowledge/knowledge";
import { parseJson } from "@/lib/parse-json";
import { redact } from "@/lib/redact";
import { toCallText } from "@/lib/reports/document";
import { toVariables } from "@/lib/routing/reply";
import { toSpoken } from "@/lib/tools/tool";
import { anyText } from "@/tests/support/makers/any-text";

/** Any UTF-16, including lone surrogates and NUL, most of it outside the BMP. */
const odd = fc.string({
  unit: fc.oneof(
    fc.constantFrom("😀", "👩‍👩‍👧", "🇪🇸", "é", "\u0000", "\ud83d", "\ude00", "a", " "),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  ),
  maxLength: 30,
});

/** Well-formed text with an emoji at or across every position near a cap, odd or even. */
const around = (cap: number) =>
  fc
    .tuple(fc.integer({ min: Math.max(0, cap - 4), max: cap + 2 }), anyText({ maxLength: 12 }))
    .map(([length, tail]) => `${"a".repeat(length)}😀${tail}`);

const isStorable = (text: string) => text.isWellFormed() && !text.includes("\0");

describe("cutting text", () => {
  test("gives well-formed text without NUL, no longer than the limit", () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 0, max: 40 }), (text, max) => {
        const cut = cleanText(text, max);
        expect(isStorable(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, max) - 1);
      }),
    );
  });

  test("keeps or drops an emoji at the limit as a whole", () => {
    expect(cleanText("ab😀", 3)).toBe("ab");
    expect(cleanText("ab😀", 4)).toBe("ab😀");
    expect(cleanText("😀", 0)).toBe("");
    expect(cleanText("😀", 1)).toBe("");
    expect(cleanText("a\0b\ud83d")).toBe("a\uFFFDb\uFFFD");
  });

  const caps: Readonly<Record<string, [number, (text: string) => string[]]>> = {
    "a stored message": [8_000, (text) => [String(redact(text))]],
    "the words of an archived call": [200_000, (text) => [toCallText(null, [{ text }])]],
    "a variable": [2_000, (text) => Object.values(toVariables({ a: text, b: [text] })).map(String)],
    "a tool's answer": [4_000, (text) => [toSpoken(text)]],
    "a passage": [1_200, (text) => splitPassages("Title", text).map(({ content }) => content)],
  };
  test.each(Object.entries(caps))("keeps %s storable around its limit", (_name, [cap, cut]) => {
    fc.assert(
      fc.property(around(cap), (text) => {
        for (const piece of cut(cleanText(text))) expect(isStorable(piece)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("JSON from outside", () => {
  const values = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      odd,
      fc.double(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(odd, fc.constantFrom("toString", "valueOf", "length", "__proto__")),
        tie("value"),
        {
          maxKeys: 4,
        },
      ),
    ),
  })).value;

  test("has storable text and keys once parsed, and storable values are unchanged", () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(value);
        const parsed = parseJson(text);
        expect(everyText(parsed.value).every(isStorable)).toBe(true);
        expect(parsed.cuts).toEqual([]);
        if (everyText(JSON.parse(text)).every(isStorable)) {
          expect(JSON.stringify(parsed.value)).toBe(JSON.stringify(JSON.parse(text)));
        }
      }),
    );
  });

  test("loses values that are nested too deep, at any depth, and the cut is reported", () => {
    for (const depth of [101, 5_000, 200_000]) {
      const { value, cuts } = parseJson(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`);
      expect(JSON.stringify(value).length).toBeLessThan(400);
      expect(cuts).toEqual([
        {
          kind: "depth",
          path: expect.stringMatching(/^a\.0/),
          message: expect.stringContaining("100 levels"),
        },
      ]);
    }
    expect(parseJson(`${"[".repeat(100)}${"]".repeat(100)}`).cuts).toEqual([]);
  });

  test("keeps the first entries of a list or object beyond its limit, and the cut is reported", () => {
    const list = Array.from({ length: 10_001 }, (_, index) => index);
    const parsed = parseJson(
      JSON.stringify({ list, record: { ...list }, toolCalls: list }),
      new Map([["toolCalls", 128]]),
    );
    expect(parsed.cuts.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "list: 10001 entries: the first 10000 were read.",
      "record: 10001 entries: the first 10000 were read.",
      "toolCalls: 10001 entries: the first 128 were read.",
    ]);
  });
});

function everyText(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [key, ...everyText(entry)]);
}
