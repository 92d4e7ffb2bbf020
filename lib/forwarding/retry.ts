const dayMs = 24 * 60 * 60_000;
/** An item that fails for this long is given up. */
export const giveUpAfterMs = dayMs;
/** How long the old key keeps signing after a rotation. */
export const oldSecretMs = dayMs;

const firstPauseMs = 5_000;
const longestPauseMs = 30 * 60_000;

/** How long a call is held back once its first item has failed this often, in ms. */
export function callPauseMs(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 20), longestPauseMs);
}

/** Consecutive failures, of any calls, after which a target counts as down. */
export const breakerFailures = 5;
const longestBreakMs = 5 * 60_000;

/** The pause for a target after this many consecutive failures, in ms; 0 for none. */
export function breakMs(failures: number): number {
  if (failures < breakerFailures) return 0;
  return Math.min(10_000 * 2 ** Math.min(failures - breakerFailures, 20), longestBreakMs);
}
