import { describe, expect, test } from "vitest";
import { describeEarlierCalls, toExample, toSpoken } from "@/lib/tools/tool";
import { describeValue } from "@/lib/tools/values";

describe("a spoken answer", () => {
  test("is one line, regardless of its line breaks", () => {
    expect(toSpoken(" a \r\n b\u2028c\n\n\nd\v e ")).toBe("a b c d e");
  });

  test("is cut off without splitting a character", () => {
    const cut = toSpoken("😀".repeat(3_000));
    expect(cut.isWellFormed()).toBe(true);
    expect(cut).toMatch(/\(cut short\)$/);
  });

  test("describes JSON in words", () => {
    const value = {
      name: "Maya",
      insured: true,
      children: ["Ada", "Ben"],
      address: { city: "Ghent" },
      plan: null,
    };
    expect(describeValue(value)).toBe(
      "name: Maya; insured: yes; children: Ada, Ben; address: (city: Ghent); plan: not known",
    );
  });

  test("says how long ago earlier calls were", () => {
    const now = new Date("2026-01-20T12:00:00Z");
    const call = (at: string, summary: string | null) => ({
      at: new Date(at),
      assistantName: "Nora",
      summary,
    });
    const newest = [
      call("2026-01-20T11:00:00Z", "Moved it."),
      call("2026-01-18T11:00:00Z", null),
      call("2025-11-02T11:00:00Z", "Booked"),
    ];
    expect(describeEarlierCalls({ total: 9, name: "Maya", newest }, now)).toBe(
      "Maya has called 9 times before. Within the last day to Nora: Moved it. " +
        "2 days ago to Nora: no summary. November 2, 2025 to Nora: Booked.",
    );
  });
});

test("tools: the example arguments have every property", () => {
  const properties = { order: { type: "string" }, n: { type: "integer" }, size: { enum: ["s", "m"] } };
  expect(toExample({ type: "object", properties })).toEqual({ order: "", n: 0, size: "s" });
});
