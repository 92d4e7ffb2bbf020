/** Measurements that the page under test records. */
export interface Noted {
  /** Durations of tasks that blocked the page for more than 50 ms, in milliseconds. */
  longTasks: number[];
  /** Epoch ms at which a line was on the screen, by its text. */
  paintedAt: Record<string, number>;
}

declare global {
  interface Window {
    noted?: Noted;
  }
}

/** Runs in the page before its own scripts: records long tasks, and when each line with "probe" and a number was painted. */
export function watchPage(): void {
  const noted: Noted = { longTasks: [], paintedAt: {} };
  window.noted = noted;
  new PerformanceObserver((list) => {
    noted.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const [probe] = /probe \d+/.exec(target.textContent ?? "") ?? [];
      if (!probe || probe in noted.paintedAt) continue;
      // The frame that paints it, and the task after that.
      requestAnimationFrame(() => setTimeout(() => (noted.paintedAt[probe] ??= Date.now())));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
