import { expect, test } from "vitest";
import { pauseMsAfter } from "@/lib/alerts/server/update";

test("alerts: between turns the process keeps as much time as the last turn took, at most half a second", () => {
  const turn = { endedAt: 1_000, tookMs: 80 };
  expect(pauseMsAfter(turn, 1_000)).toBe(80);
  expect(pauseMsAfter(turn, 1_030)).toBe(50);
  expect(pauseMsAfter(turn, 1_081)).toBe(0);
  expect(pauseMsAfter({ endedAt: 1_000, tookMs: 9_000 }, 1_000)).toBe(500);
  expect(pauseMsAfter({ endedAt: Number.NEGATIVE_INFINITY, tookMs: 0 }, 5)).toBe(0);
});
