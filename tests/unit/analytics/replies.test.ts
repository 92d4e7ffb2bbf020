import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addMeasures,
  countReplies,
  findReplyPercentile,
  noMeasures,
  replyBins,
  replyEdgesMs,
} from "@/lib/analytics/figures";
import { percentile } from "@/lib/calls/turns";

const latencies = fc.array(fc.integer({ min: 0, max: 19_999 }), { minLength: 1, maxLength: 200 });
const half = (ms: number) => {
  const bin = replyEdgesMs.findIndex((edge) => ms < edge);
  return ((replyEdgesMs[bin] ?? 0) - (replyEdgesMs[bin - 1] ?? 0)) / 2;
};

describe("analytics: counted response times", () => {
  test("give percentiles within half a bin of the true value", () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.95, 1), (ms, share) => {
        const truth = percentile(ms, share) ?? Number.NaN;
        const found = findReplyPercentile(countReplies(ms), share) ?? Number.NaN;
        expect(Math.abs(found - truth)).toBeLessThanOrEqual(half(truth));
      }),
    );
  });

  test("of several calls add up to the counts of one call with all their responses", () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 8 }), (calls) => {
        const sum = addMeasures(calls.map((ms) => ({ ...noMeasures, replies: countReplies(ms) })));
        expect(calls.length === 0 ? countReplies([]) : sum.replies).toEqual(countReplies(calls.flat()));
      }),
    );
  });

  test("give no percentile without responses, and at most the last bin edge for slower ones", () => {
    expect(findReplyPercentile(countReplies([]), 0.5)).toBeNull();
    expect(findReplyPercentile(countReplies([3_600_000]), 0.5)).toBe(20_000);
    expect(countReplies([0, 99, 100, 20_000])).toHaveLength(replyBins);
  });
});
