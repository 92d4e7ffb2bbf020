/** What the page under measurement notes of itself. */
export interface Noted {
  /** Milliseconds of each task that kept the page from answering for more than 50. */
  longTasks: number[];
  /** Epoch ms at which a line was on the screen, by its text. */
  paintedAt: Record<string, number>;
}

declare global {
  interface Window {
    noted?: Noted;
  }
}

/** Runs in the page, before its own scripts: notes long tasks, and when each line that begins with "probe" was painted. */
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
      // A frame that paints it, and the moment after.
      requestAnimationFrame(() => setTimeout(() => (noted.paintedAt[probe] ??= Date.now())));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
