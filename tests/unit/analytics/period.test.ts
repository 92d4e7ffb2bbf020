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
  ] as const)("named %s runs, on the first of March, from %s to %s", (period, from, to) => {
    expect(toDays(period, "2026-03-01")).toEqual({ from, to });
  });

  test("begins with the current day in its time zone, not in UTC", () => {
    const at = Date.parse("2026-03-01T23:30:00Z");
    expect(dayOf(at, "UTC")).toBe("2026-03-01");
    expect(dayOf(at, "Asia/Kolkata")).toBe("2026-03-02");
  });
});

describe("a change in a figure", () => {
  test("shows the difference in the figure's unit, and whether it is better", () => {
    expect(describeChange(metrics.calls, 120, 100, 100)).toEqual({
      direction: "up",
      words: "+20 %",
      isBetter: null,
    });
    expect(describeChange(metrics.hangRate, 0.03, 0.018, 100)).toEqual({
      direction: "up",
      words: "+1.2 pt",
      isBetter: false,
    });
    expect(describeChange(metrics.replyP50Ms, 900, 1_250, 100)).toEqual({
      direction: "down",
      words: "−0.3 s",
      isBetter: true,
    });
  });

  test("from a small base, or to a multiple, shows the previous value instead", () => {
    expect(describeChange(metrics.calls, 43, 3, 3)).toEqual({
      direction: "up",
      words: "was 3",
      isBetter: null,
    });
    expect(describeChange(metrics.hangRate, 0.02, 0.5, 2)).toMatchObject({
      words: "was 50.0 %",
      isBetter: null,
    });
    expect(describeChange(metrics.calls, 1_334, 93, 93)).toMatchObject({ words: "was 93" });
    expect(describeChange(metrics.costUsd, 5, 0, 40)).toMatchObject({ words: "was $0.00" });
  });

  test("is shown as unchanged if too small to display, and not at all without earlier calls", () => {
    expect(describeChange(metrics.hangRate, 0.0301, 0.03, 100)).toMatchObject({
      direction: "same",
      isBetter: null,
    });
    expect(describeChange(metrics.calls, 5, 0, 0)).toBeNull();
    expect(describeChange(metrics.replyP50Ms, null, 900, 100)).toBeNull();
  });
});
