import type { Page } from "@playwright/test";

/**
 * Sets a page's clock back by a minute, so that nothing a test sends grows old while the test runs. `runUntil` then
 * moves it to the exact moment, however long the machine took to get there. The page sees no time of the server, by which it
 * would correct its clock.
 */
export async function installSlowClock(page: Page): Promise<void> {
  await page.clock.install({ time: Date.now() - 60_000 });
  await page.addInitScript(() => {
    const { get } = Headers.prototype;
    Headers.prototype.get = function (name) {
      return name === "date" ? null : get.call(this, name);
    };
  });
}

/** Runs a page's clock until `at` (epoch ms) and stops it there. It ticks all the way: the page would take a jump for a sleep. */
export async function runUntil(page: Page, at: number): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  // A step that the machine does not need longer for, and that is no sleep yet.
  await page.clock.pauseAt(Math.min(at, now + 4_000));
  await page.clock.runFor(Math.max(0, at - now - 4_000));
}
