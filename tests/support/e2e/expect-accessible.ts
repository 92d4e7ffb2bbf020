import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

/** A theme changes colours and nothing else: only what they are about is looked at twice. */
const themes: Record<"light" | "dark", Parameters<AxeBuilder["options"]>[0]> = {
  light: {},
  dark: { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } },
};

/** No axe violation in either theme, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  test.slow(); // Axe reads every element of the page.
  await expect(page).toHaveTitle(/\S/); // It is streamed after what is shown first.
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Half-way from one theme to the other no colour is what it will be. Not waited for: what a closed <details> hides
    // never gets there by itself.
    await page.evaluate(() => {
      const running = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
      for (let left = running(); left.length > 0; left = running()) for (const each of left) each.finish();
    });
    // Our pages have one frame: with nothing to add up, axe opens no page of its own to do it in ("legacy").
    // Preloading would copy the styles of shadow roots into the page, which its policy rightly forbids.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ preload: false, ...themes[colorScheme] })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, colorScheme).toEqual([]);
  }
  // Not window.innerWidth: on a phone that grows with what is too wide.
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
