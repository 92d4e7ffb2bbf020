import { describe, expect, test } from "vitest";
import { formatShare, isGap, summarizeCoverage } from "@/lib/reconciliation/coverage";

describe("coverage", () => {
  test.each([
    [9_998, 10_000, "99.98 %"],
    [999, 1_000, "99.9 %"],
    [999_999, 1_000_000, "99.99 %"],
    [3, 3, "100 %"],
    [0, 7, "0 %"],
    [1, 3, "33.33 %"],
    [57, 100, "57 %"],
    [29, 100, "29 %"],
  ])("%i of %i is shown as %s, and never as 100 %% while one is missing", (part, whole, words) => {
    expect(formatShare(part, whole)).toBe(words);
  });

  test("is summarized with the number of calls and reports fetched from Vapi instead", () => {
    expect(summarizeCoverage({ calls: 0, heard: 0, reports: 0 })).toBe(
      "No calls to compare in the last 24 h.",
    );
    expect(summarizeCoverage({ calls: 1, heard: 1, reports: 1 })).toBe(
      "Received all 1 call and their reports in the last 24 h.",
    );
    expect(summarizeCoverage({ calls: 10_000, heard: 9_998, reports: 9_990 })).toBe(
      "Received 99.98 % of calls, 99.9 % of reports in the last 24 h. Fetched from Vapi instead: 2 calls and 10 reports.",
    );
    expect(summarizeCoverage({ calls: 2, heard: 2, reports: 1 })).toBe(
      "Received 100 % of calls, 50 % of reports in the last 24 h. Fetched from Vapi instead: 1 report.",
    );
  });

  test("has no gap at exactly the limit, with a limit of 0, or on a day without calls", () => {
    const rules = { callsPercent: 99, reportsPercent: 99 };
    expect(isGap({ calls: 100, heard: 99, reports: 99 }, rules)).toBe(false);
    expect(isGap({ calls: 100, heard: 98, reports: 99 }, rules)).toBe(true);
    expect(isGap({ calls: 100, heard: 100, reports: 98 }, rules)).toBe(true);
    expect(isGap({ calls: 100, heard: 0, reports: 0 }, { callsPercent: 0, reportsPercent: 0 })).toBe(false);
    expect(isGap({ calls: 0, heard: 0, reports: 0 }, rules)).toBe(false);
  });
});
