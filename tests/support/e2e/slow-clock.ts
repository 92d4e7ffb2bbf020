import type { Page } from "@playwright/test";

/**
 * A page whose clock is a minute slow, so that nothing a test tells it grows old while the test looks. `pauseAt` then
 * takes it to the moment meant, however long the machine took until there.
 */
export function installSlowClock(page: Page): Promise<void> {
  return page.clock.install({ time: Date.now() - 60_000 });
}
