export type Sample = { atMs: number; value: number };

/**
 * Returns a value's growth per hour, by least squares. Omits the first tenth of the samples, while caches fill and code
 * is compiled. NaN for fewer than two samples.
 */
export function slopePerHour(samples: readonly Sample[]): number {
  const steady = samples.slice(Math.floor(samples.length / 10));
  const mean = (pick: (sample: Sample) => number) =>
    steady.reduce((sum, sample) => sum + pick(sample), 0) / steady.length;
  const [meanAt, meanValue] = [mean(({ atMs }) => atMs), mean(({ value }) => value)];
  const both = mean(({ atMs, value }) => (atMs - meanAt) * (value - meanValue));
  return (both / mean(({ atMs }) => (atMs - meanAt) ** 2)) * 3_600_000;
}
