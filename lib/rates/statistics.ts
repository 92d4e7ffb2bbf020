/**
 * Statistics to tell unusual minutes from usual ones. Counts are compared with a Poisson distribution around the usual
 * count. The usual value and its variation are a median and a median absolute deviation, so one past outage moves
 * neither.
 */

/**
 * Returns the median; for an even number of values, the mean of the middle two.
 * @throws RangeError without values
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError("An empty list has no median.");
  return (low + high) / 2;
}

/**
 * The median absolute deviation times 1.4826, which equals the standard deviation of a normal distribution (Rousseeuw
 * and Croux, "Alternatives to the Median Absolute Deviation", JASA 88, 1993).
 */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/**
 * Returns the probability of `count` or more when `mean` is usual. P(X ≥ k) of a Poisson distribution is the
 * regularized lower incomplete gamma function P(k, mean) (Numerical Recipes, 3rd edition, 6.2). For a variance of
 * `dispersion` times the mean, both are divided by it first (quasi-Poisson, McCullagh and Nelder, "Generalized Linear
 * Models", 2nd edition, 6.2.3).
 */
export function chanceOfMore(count: number, mean: number, dispersion = 1): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  return lowerGamma(count / dispersion, mean / dispersion);
}

/** Returns the probability of no calls at all when `mean` is usual. */
export function chanceOfNone(mean: number, dispersion = 1): number {
  return Math.exp(-mean / dispersion);
}

/** A series for small x and a continued fraction (Lentz) for large x; each converges where the other does not. */
function lowerGamma(a: number, x: number): number {
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * Number.EPSILON; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n <= 10_000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    h *= d * c;
    if (Math.abs(d * c - 1) < Number.EPSILON * 4) break;
  }
  return Math.max(0, 1 - front * h);
}

/** Lanczos's approximation with g = 7 and nine terms, accurate to 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(value: number): number {
  if (value < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * value)) - logGamma(1 - value);
  const x = value - 1;
  const t = x + 7.5;
  const sum = lanczos.reduce((all, term, index) => (index === 0 ? term : all + term / (x + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}
