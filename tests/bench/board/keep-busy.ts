/** More at once would measure how callers queue, not how the board keeps up. */
const mostAtOnce = 32;

/**
 * Runs `act` evenly `perSecond` times a second until stopped, skipping runs that are not possible in time. Stopping
 * returns the rate actually reached.
 */
export function keepBusy(perSecond: number, act: () => Promise<void>) {
  const startedAt = performance.now();
  const acting = new Set<Promise<void>>();
  let [due, done] = [0, 0];
  const timer = setInterval(() => {
    const dueNow = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (; due < dueNow; due += 1) {
      if (acting.size >= mostAtOnce) continue;
      const each = act().finally(() => acting.delete(each));
      acting.add(each);
      done += 1;
    }
  }, 5);
  return async () => {
    clearInterval(timer);
    const seconds = (performance.now() - startedAt) / 1_000;
    await Promise.all(acting);
    return Math.round(done / seconds);
  };
}
