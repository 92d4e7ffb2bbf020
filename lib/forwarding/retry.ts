const dayMs = 24 * 60 * 60_000;
/** What fails for so long is given up. */
export const giveUpAfterMs = dayMs;
/** How long a rotated key still signs along. */
export const oldSecretMs = dayMs;

const firstPauseMs = 5_000;
const longestPauseMs = 30 * 60_000;

/** How long a call is held back after its first item has failed so many times, in ms. */
export function callPauseMs(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 20), longestPauseMs);
}

/** So many failures in a row, whichever calls they are of, and the target is taken to be down. */
export const breakerFailures = 5;
const longestBreakMs = 5 * 60_000;

/** How long nothing is sent to a target after so many failures in a row, in ms; 0: it goes on. */
export function breakMs(failures: number): number {
  if (failures < breakerFailures) return 0;
  return Math.min(10_000 * 2 ** Math.min(failures - breakerFailures, 20), longestBreakMs);
}
