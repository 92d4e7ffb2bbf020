/** How many tests, or checks that count as one, went well or not. */
export type Tally = { passed: number; failed: number };
