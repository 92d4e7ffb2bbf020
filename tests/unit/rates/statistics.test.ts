import fc from "fast-check";
import { expect, test } from "vitest";
import { chanceOfMore, chanceOfNone, median, spreadOf } from "@/lib/rates/statistics";

/** P(X ≥ k) term by term. */
function poissonTail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

test("rates: the chance of at least a given count matches a Poisson distribution summed term by term", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.01, max: 40, noNaN: true }),
      (count, mean) => {
        expect(chanceOfMore(count, mean)).toBeCloseTo(poissonTail(count, mean), 10);
      },
    ),
  );
});

test("rates: a chance far in the tail is tiny but above zero", () => {
  // R: ppois(2, 0.0075, lower.tail = FALSE), and ppois(29, 1.5, lower.tail = FALSE)
  expect(chanceOfMore(3, 0.0075)).toBeCloseTo(6.991863e-8, 12);
  const far = chanceOfMore(30, 1.5);
  expect(far).toBeGreaterThan(0);
  expect(far).toBeLessThan(1e-26);
});

test("rates: the chance of a count falls with the count, and rises with the mean and the dispersion", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 50 }),
      fc.double({ min: 0.05, max: 30, noNaN: true }),
      fc.double({ min: 1.1, max: 9, noNaN: true }),
      (count, mean, dispersion) => {
        expect(chanceOfMore(count + 1, mean)).toBeLessThanOrEqual(chanceOfMore(count, mean));
        expect(chanceOfMore(count, mean * 1.5)).toBeGreaterThanOrEqual(chanceOfMore(count, mean));
        if (count > mean * 2) {
          expect(chanceOfMore(count, mean, dispersion)).toBeGreaterThanOrEqual(chanceOfMore(count, mean));
        }
      },
    ),
  );
  expect(chanceOfMore(0, 3)).toBe(1);
  expect(chanceOfMore(1, 0)).toBe(0);
  expect(chanceOfNone(3)).toBeCloseTo(0.0497871, 6);
  expect(chanceOfNone(6, 2)).toBeCloseTo(0.0497871, 6);
});

test("rates: one outage barely moves the median and the spread of weeks", () => {
  expect(median([4, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
  const usual = [10, 12, 11, 9, 10, 11];
  expect(median([...usual, 900])).toBeCloseTo(11);
  expect(spreadOf([...usual, 900])).toBeLessThan(2);
});
