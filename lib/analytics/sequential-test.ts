/**
 * Tests that may be evaluated after every call without losing their error rate: mixture sequential probability ratio
 * tests (Robbins, Ann. Math. Statist. 41, 1970; Johari, Koomen, Pekelis & Walsh, "Peeking at A/B tests", KDD 2017) and
 * the confidence sequences obtained by inverting them (Howard, Ramdas, McAuliffe & Sekhon, Ann. Statist. 49, 2021). By
 * Ville's inequality a ratio reaches 1/alpha with a probability of at most alpha, however often and however long one
 * looks.
 */

/** The difference between a version and its baseline. */
export interface Difference {
  by: number;
  /**
   * The true difference is below this with a probability of at most `alpha`, and likewise above `to`, however often one
   * looks.
   */
  from: number;
  to: number;
}

/** Log of the ratio of how well an increase explains the calls to how well no increase does. */
export type Evidence = number;

/** Number of calls in which something happened, out of `calls`. */
export interface Counted {
  hits: number;
  calls: number;
}

/** Differences of shares to detect, each with its prior weight: five points is the most likely. */
const shareEffects = [
  [0.05, 0.8],
  [0.12, 0.15],
  [0.3, 0.05],
] as const;

/** Resolution of the grid over the baseline's share, which its calls determine only approximately. */
const gridSize = 25;
const gridSpan = 4;

/** Possible shares of a baseline with the logs of their weights: Jeffreys' prior times the likelihood of its calls. */
function toShares({ hits, calls }: Counted): { share: number; weight: number }[] {
  const [a, b] = [hits + 0.5, calls - hits + 0.5];
  const center = Math.log(a / b);
  const spread = Math.sqrt(1 / a + 1 / b) * gridSpan;
  return Array.from({ length: gridSize }, (_, index) => {
    const logit = center + spread * ((2 * index) / (gridSize - 1) - 1);
    const share = 1 / (1 + Math.exp(-logit));
    return { share, weight: a * Math.log(share) + b * Math.log1p(-share) };
  });
}

const edge = 1e-6;

function logLikelihood({ hits, calls }: Counted, share: number): number {
  const kept = Math.min(1 - edge, Math.max(edge, share));
  return hits * Math.log(kept) + (calls - hits) * Math.log1p(-kept);
}

function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

/**
 * Returns the log of the ratio against "`version` differs from the baseline by `shift`", for a greater difference
 * (`sign` 1) or a smaller one (-1). In both hypotheses, the baseline's share is averaged over the values its calls
 * leave possible.
 */
function logShareRatio(
  baseline: readonly { share: number; weight: number }[],
  version: Counted,
  shift: number,
  sign: 1 | -1,
): number {
  const without: number[] = [];
  const withEffect: number[] = [];
  for (const { share, weight } of baseline) {
    without.push(weight + logLikelihood(version, share + shift));
    for (const [effect, prior] of shareEffects) {
      withEffect.push(weight + Math.log(prior) + logLikelihood(version, share + shift + sign * effect));
    }
  }
  return logSum(withEffect) - logSum(without);
}

/** Evidence that the share is greater than in the calls before; 0 if the observed share is not. */
export function evidenceOfMore(baseline: Counted, version: Counted): Evidence {
  if (version.hits * baseline.calls <= baseline.hits * version.calls) return 0;
  return logShareRatio(toShares(baseline), version, 0, 1);
}

/** Compares the share of a version's calls with that of the calls before it. @param alpha the error on either side */
export function compareShares(baseline: Counted, version: Counted, alpha: number): Difference {
  const shares = toShares(baseline);
  const by = version.hits / version.calls - baseline.hits / baseline.calls;
  const limit = Math.log(1 / alpha);
  const isSignificant = (shift: number, sign: 1 | -1) => logShareRatio(shares, version, shift, sign) >= limit;
  return {
    by,
    // Bounded by how far a share can move: beyond 0 and 1 there is nothing to distinguish.
    from: bisect(-(shares.at(-1)?.share ?? 1), by, (shift) => isSignificant(shift, 1)),
    to: -bisect((shares[0]?.share ?? 0) - 1, -by, (shift) => isSignificant(-shift, -1)),
  };
}

/** Returns the greatest number from `low` on for which `holds` is true; `low` if there is none. */
function bisect(low: number, high: number, holds: (at: number) => boolean): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 24; step += 1) {
    const middle = (from + to) / 2;
    if (holds(middle)) from = middle;
    else to = middle;
  }
  return from;
}

/** Mean and variance of a measurement over calls. */
export interface Measured {
  calls: number;
  mean: number;
  /** Of single calls. */
  variance: number;
}

/** Smallest effect to detect in a mean: a fifth of a standard deviation. */
const meanEffect = 0.2;

function toNoise(baseline: Measured, version: Measured): { noise: number; effect: number } {
  return {
    noise: baseline.variance / baseline.calls + version.variance / version.calls,
    effect: meanEffect ** 2 * baseline.variance,
  };
}

/** Evidence that the mean is greater than that of the calls before; 0 if the observed mean is not. */
export function evidenceOfGreater(baseline: Measured, version: Measured): Evidence {
  const by = version.mean - baseline.mean;
  const { noise, effect } = toNoise(baseline, version);
  if (by <= 0 || noise === 0) return 0;
  return (by ** 2 * effect) / (2 * noise * (noise + effect)) - Math.log1p(effect / noise) / 2;
}

/**
 * Compares a version's mean with that of the calls before it, by the normal mixture over the remaining noise. Valid for
 * means of a few dozen calls or more, whatever the distribution of single calls (Waudby-Smith, Arbour, Sinha, Kennedy &
 * Ramdas, Ann. Statist. 52, 2024).
 */
export function compareMeans(baseline: Measured, version: Measured, alpha: number): Difference {
  const by = version.mean - baseline.mean;
  const { noise, effect } = toNoise(baseline, version);
  if (noise === 0 || effect === 0) return { by, from: by, to: by };
  const reach = Math.sqrt(
    ((noise * (noise + effect)) / effect) * (Math.log1p(effect / noise) + 2 * Math.log(1 / alpha)),
  );
  return { by, from: by - reach, to: by + reach };
}
