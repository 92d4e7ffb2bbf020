const firstPauseMs = 15_000;
const longestPauseMs = 30 * 60_000;
/** The last pause is over about an hour and a half after the first attempt. */
const maxAttempts = 10;

/** How long to wait after that many attempts have failed, in ms; null when it is time to give up. */
export function nextAttemptMs(attempts: number): number | null {
  if (attempts >= maxAttempts) return null;
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
}
