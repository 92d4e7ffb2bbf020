import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinContexts, readContextText } from "@/lib/conversations/context";
import { readKeyRows, toKeyRows } from "@/lib/conversations/draft";
import { findJsonFault } from "@/lib/json-fault";

describe("a JSON error", () => {
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
  ])("in %j is reported with its line and column", (text, line, column, why) => {
    expect(findJsonFault(text)).toEqual({ line, column, why: expect.stringContaining(why) });
  });

  it("is reported exactly where JSON.parse finds one, and for duplicate keys", () => {
    const bent = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "x", "\\", "\n", ":", "["))
      .map(([json, at, extra]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + extra + json.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json({ noUnicodeString: false }), bent), (text) => {
        const fault = findJsonFault(text);
        const isDouble = fault?.why.includes("appears twice") ?? false;
        expect(fault === null || isDouble).toBe(canParse(text) || isDouble);
      }),
      { numRuns: 2_000 },
    );
  });

  it("in a context is shown with its position", () => {
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

describe("a context edited as keys and values", () => {
  it("keeps every value and its type in a round trip", () => {
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
  ])("reports invalid rows: %#", (rows, why) => {
    expect(readKeyRows(rows).why).toContain(why);
  });
});

describe("a context edited by two people", () => {
  it("keeps both changes in different places, including nested and removed keys", () => {
    const base = { a: 1, b: { c: 1, d: 2 }, e: 5 };
    const theirs = { a: 2, b: { c: 1, d: 3 }, e: 5, new: true };
    const ours = { a: 1, b: { c: 9, d: 2 }, mine: null };
    expect(joinContexts(base, theirs, ours)).toEqual({
      context: { a: 2, b: { c: 9, d: 3 }, new: true, mine: null },
      clashes: [],
    });
  });

  it("reports conflicts in the same place and keeps the editor's own change", () => {
    const joined = joinContexts({ a: 1, l: [1] }, { a: 2, l: [1, 2] }, { l: [1, 3] });
    expect(joined).toEqual({ context: { l: [1, 3] }, clashes: ["a", "l"] });
  });

  it("has no conflict if both changes are equal", () => {
    expect(joinContexts({ a: 1 }, { a: { b: [2] } }, { a: { b: [2] } })).toEqual({
      context: { a: { b: [2] } },
      clashes: [],
    });
  });

  it("keeps a change to a key named __proto__", () => {
    const theirs = JSON.parse('{"b": {"__proto__": 0}}');
    expect(joinContexts({ b: {} }, theirs, { b: {} }).context).toEqual(theirs);
  });

  it("takes every change if only one person made changes", () => {
    const context = fc.dictionary(fc.stringMatching(/^[a-d]$/), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(context, context, (base, changed) => {
        expect(joinContexts(base, changed, base).context).toEqual(changed);
        expect(joinContexts(base, base, changed).context).toEqual(changed);
      }),
    );
  });
});
