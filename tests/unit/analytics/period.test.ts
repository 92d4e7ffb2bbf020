import { describe, expect, test } from "vitest";
import { metrics } from "@/lib/analytics/analytics";
import { describeChange } from "@/lib/analytics/compare";
import { toDays } from "@/lib/periods";
import { dayOf } from "@/lib/zones";

describe("a period", () => {
  test.each([
    ["today", "2026-03-01", "2026-03-01"],
    ["yesterday", "2026-02-28", "2026-02-28"],
    ["week", "2026-02-23", "2026-03-01"],
    ["month", "2026-01-31", "2026-03-01"],
    ["quarter", "2025-12-02", "2026-03-01"],
    ["this-month", "2026-03-01", "2026-03-01"],
    ["last-month", "2026-02-01", "2026-02-28"],
  ] as const)("called %s is, on the first of March, from %s to %s", (period, from, to) => {
    expect(toDays(period, "2026-03-01")).toEqual({ from, to });
  });

  test("begins with the day of the zone, not of UTC", () => {
    const at = Date.parse("2026-03-01T23:30:00Z");
    expect(dayOf(at, "UTC")).toBe("2026-03-01");
    expect(dayOf(at, "Asia/Kolkata")).toBe("2026-03-02");
  });
});

describe("a change", () => {
  test("says how far, in what the figure is measured in, and whether it is good news", () => {
    expect(describeChange(metrics.calls, 120, 100)).toEqual({
      direction: "up",
      words: "20 %",
      isBetter: null,
    });
    expect(describeChange(metrics.hangRate, 0.03, 0.018)).toEqual({
      direction: "up",
      words: "1.2 points",
      isBetter: false,
    });
    expect(describeChange(metrics.replyP50Ms, 900, 1_250)).toMatchObject({
      direction: "down",
      isBetter: true,
    });
    expect(describeChange(metrics.containment, 0.9, 0.8)).toMatchObject({
      words: "10.0 points",
      isBetter: true,
    });
  });

  test("that cannot be seen is none, and of nothing there is none", () => {
    expect(describeChange(metrics.hangRate, 0.0301, 0.03)).toMatchObject({
      direction: "same",
      isBetter: null,
    });
    expect(describeChange(metrics.calls, 5, 0)).toBeNull();
    expect(describeChange(metrics.replyP50Ms, null, 900)).toBeNull();
  });
});
