import type { Page } from "@playwright/test";

/**
 * Sets a page's clock back by a minute, so that nothing a test sends grows old while the test runs. `pauseAt` then
 * moves it to the exact moment, however long the machine took to get there.
 */
export function installSlowClock(page: Page): Promise<void> {
  return page.clock.install({ time: Date.now() - 60_000 });
}
