const tenths = Array.from({ length: 25 }, (_, index) => (index + 1) * 100);

/**
 * Where reply latencies are counted: the upper edge of each bin in milliseconds, exclusive; above the last is one bin more. Fine
 * where people feel it (tenths of a second, as latencies are shown), coarse where it is a scandal anyway.
 */
export const replyEdgesMs: readonly number[] = [
  ...tenths,
  2_750,
  3_000,
  3_250,
  3_500,
  3_750,
  4_000,
  4_500,
  5_000,
  6_000,
  7_000,
  8_000,
  10_000,
  12_000,
  15_000,
  20_000,
];

export const replyBins = replyEdgesMs.length + 1;
