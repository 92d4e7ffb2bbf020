import type { Page } from "@playwright/test";

/**
 * Sets a page's clock back by a minute, so that nothing a test sends grows old while the test runs. `pauseAt` then
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
