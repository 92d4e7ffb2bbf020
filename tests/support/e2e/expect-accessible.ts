import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

/** No axe violation in either theme, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  test.slow(); // Axe reads every element of the page, twice.
  await expect(page).toHaveTitle(/\S/); // It is streamed after what is shown first.
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Half-way from one theme to the other no colour is what it will be. Not waited for: what a closed <details> hides
    // never gets there by itself.
    await page.evaluate(() => {
      const running = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
      for (let left = running(); left.length > 0; left = running()) for (const each of left) each.finish();
    });
    // Preloading would copy the styles of shadow roots into the page, which its policy rightly forbids.
    const { violations } = await new AxeBuilder({ page }).options({ preload: false }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, colorScheme).toEqual([]);
  }
  // Not window.innerWidth: on a phone that grows with what is too wide.
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
