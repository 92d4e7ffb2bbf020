/** More than this many at once would measure how callers queue, not how the board keeps up. */
const mostAtOnce = 32;

/**
 * Does something `perSecond` times a second, evenly, until stopped. What cannot be done in time is left out; how often
 * it was really done a second is what stopping returns.
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
