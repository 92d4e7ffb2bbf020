import { describe, expect, test } from "vitest";
import { describeEvidence } from "@/lib/incidents/cause-label";

const evidence = (failed: number, total: number, otherFailed: number, otherTotal: number) => ({
  with: { failed, total },
  without: { failed: otherFailed, total: otherTotal },
});

describe("incidents: evidence in words", () => {
  test("compares the calls of a cause with all others", () => {
    const cause = { kind: "assistant" } as const;
    expect(describeEvidence({ ...cause, evidence: evidence(41, 44, 3, 1_063) })).toBe(
      "41 of 44 calls affected; 3 of 1,063 other calls",
    );
    expect(describeEvidence({ ...cause, evidence: evidence(6, 6, 0, 0) })).toBe(
      "6 of 6 calls affected; no other calls",
    );
  });

  test("is a share of all calls if the cause is the failure itself", () => {
    for (const kind of ["stage", "end-reason"] as const) {
      expect(describeEvidence({ kind, evidence: evidence(23, 23, 0, 977) })).toBe(
        "23 of 1,000 calls affected",
      );
    }
  });

  test("keeps the comparison if other calls have the failure, too", () => {
    expect(describeEvidence({ kind: "stage", evidence: evidence(23, 30, 4, 70) })).toBe(
      "23 of 30 calls affected; 4 of 70 other calls",
    );
  });
});
