import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

/** A theme changes only colours, so the second theme repeats only the rules about colour. */
const themes: Record<"light" | "dark", Parameters<AxeBuilder["options"]>[0]> = {
  light: {},
  dark: { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } },
};

/** Expects no axe violation in either theme, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  test.slow(); // Axe reads every element of the page.
  await expect(page).toHaveTitle(/\S/); // The title is streamed after the first content.
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // During a theme transition, no colour has its final value. Finished here instead of awaited, because transitions
    // inside a closed <details> never end by themselves.
    await page.evaluate(() => {
      const running = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
      for (let left = running(); left.length > 0; left = running()) for (const each of left) each.finish();
    });
    // Our pages have a single frame, so axe needs no extra page to merge results ("legacy" mode). Preloading would copy
    // the styles of shadow roots into the page, which its CSP rightly forbids.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ preload: false, ...themes[colorScheme] })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, colorScheme).toEqual([]);
  }
  // Not window.innerWidth, which on a phone grows with content that is too wide.
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
