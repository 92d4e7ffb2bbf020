import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinContexts, readContextText } from "@/lib/conversations/context";
import { readKeyRows, toKeyRows } from "@/lib/conversations/draft";
import { findJsonFault } from "@/lib/json-fault";

describe("a mistake in JSON", () => {
  it.each([
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3, "b is not a value; put text and keys in double quotes."],
    ['{"a": 1,}', 1, 9, "} appears where a key in double quotes is expected."],
    ['{"a" 1}', 1, 6, "1 appears where a colon is expected."],
    ['{"a": 1 "b": 2}', 1, 9, '"b" appears where a comma'],
    ["{\"a\": 'x'}", 1, 7, "in double quotes."],
    ['{"a": nope}', 1, 7, "nope is not a value"],
    ['{"a": 01}', 1, 8, "1 appears where a comma"],
    ['{"a": "x\n"}', 1, 7, "has no closing quotes on its line."],
    ['{"a": "\\x"}', 1, 7, "has a backslash that JSON does not allow."],
    ['{"a": {"b": 1, "b": 2}}', 1, 16, 'The key "b" appears twice.'],
    ['{"a": [1, 2', 1, 12, "The end appears where ] is expected."],
    ['{"a": 1} // one', 1, 10, "is a comment; JSON does not allow them."],
    ["{} {}", 1, 4, "{ follows the value; nothing may follow it."],
    ["", 1, 1, "The end appears where a value is expected."],
    ["[".repeat(50_000), 1, 101, "Deeper than 100 levels."],
  ])("of %j is found at its line and column", (text, line, column, why) => {
    expect(findJsonFault(text)).toEqual({ line, column, why: expect.stringContaining(why) });
  });

  it("is found wherever JSON.parse finds one, and nowhere else but for keys that stand twice", () => {
    const bent = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "x", "\\", "\n", ":", "["))
      .map(([json, at, extra]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + extra + json.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json({ noUnicodeString: false }), bent), (text) => {
        const fault = findJsonFault(text);
        const isDouble = fault?.why.includes("a second time") ?? false;
        expect(fault === null || isDouble).toBe(canParse(text) || isDouble);
      }),
      { numRuns: 2_000 },
    );
  });

  it("of a context is shown with its place", () => {
    expect(readContextText('{\n "a": }').why).toBe("Line 2, column 7: } appears where a value is expected.");
    expect(readContextText("[1]").why).toMatch(/^A context is a JSON object/);
    expect(readContextText('{"a":1}').context).toEqual({ a: 1 });
  });
});

function canParse(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("a context as keys and values", () => {
  it("keep every value and its type, there and back", () => {
    const context = { a: "1", b: 1, c: true, d: null, e: [1, "1"], f: { g: {} }, h: "", i: false, j: -0.5 };
    expect(readKeyRows(toKeyRows(context)).context).toEqual(context);
  });

  it.each([
    [[{ id: 0, key: "", kind: "text" as const, text: "" }], "A key has no name."],
    [[0, 1].map((id) => ({ id, key: "a", kind: "text" as const, text: "" })), 'The key "a" appears twice.'],
    [[{ id: 0, key: "n", kind: "number" as const, text: "1,5" }], 'n: "1,5" is not a number.'],
    [[{ id: 0, key: "n", kind: "number" as const, text: " " }], 'n: " " is not a number.'],
    [[{ id: 0, key: "j", kind: "json" as const, text: "[1" }], "j: Line 1, column 3:"],
    [[{ id: 0, key: "__proto__", kind: "text" as const, text: "x" }], '"__proto__" is not allowed as a key'],
  ])("say what is wrong: %#", (rows, why) => {
    expect(readKeyRows(rows).why).toContain(why);
  });
});

describe("a context changed by two people: changes", () => {
  it("of different places are both kept, also deep inside and for a removed key", () => {
    const base = { a: 1, b: { c: 1, d: 2 }, e: 5 };
    const theirs = { a: 2, b: { c: 1, d: 3 }, e: 5, new: true };
    const ours = { a: 1, b: { c: 9, d: 2 }, mine: null };
    expect(joinContexts(base, theirs, ours)).toEqual({
      context: { a: 2, b: { c: 9, d: 3 }, new: true, mine: null },
      clashes: [],
    });
  });

  it("of the same place are named, and the editor's own stands", () => {
    const joined = joinContexts({ a: 1, l: [1] }, { a: 2, l: [1, 2] }, { l: [1, 3] });
    expect(joined).toEqual({ context: { l: [1, 3] }, clashes: ["a", "l"] });
  });

  it("that are equal are no conflict", () => {
    expect(joinContexts({ a: 1 }, { a: { b: [2] } }, { a: { b: [2] } })).toEqual({
      context: { a: { b: [2] } },
      clashes: [],
    });
  });

  it("of a key named __proto__ are kept like any other", () => {
    const theirs = JSON.parse('{"b": {"__proto__": 0}}');
    expect(joinContexts({ b: {} }, theirs, { b: {} }).context).toEqual(theirs);
  });

  it("by one person only are all taken", () => {
    const context = fc.dictionary(fc.stringMatching(/^[a-d]$/), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(context, context, (base, changed) => {
        expect(joinContexts(base, changed, base).context).toEqual(changed);
        expect(joinContexts(base, base, changed).context).toEqual(changed);
      }),
    );
  });
});
