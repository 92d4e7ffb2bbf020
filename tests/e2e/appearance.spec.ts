import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("appearance: theme and density are chosen in the account menu, and the server renders the next page with them", async ({
  page,
  browser,
  app,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Account menu:/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Account menu:/ })).toBeFocused();

  const context = await browser.newContext({
    baseURL: app.url,
    storageState: await page.context().storageState(),
    javaScriptEnabled: false,
  });
  const withoutScripts = await context.newPage();
  await withoutScripts.goto("/");
  await expect(withoutScripts.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(withoutScripts.locator("html")).toHaveAttribute("data-density", "compact");
  await context.close();
});

test("navigation: the main pages can be reached one after another, on a phone too, and a visible link to the open page is marked", async ({
  page,
}) => {
  await page.goto("/");
  const pages = page.getByRole("navigation", { name: "Pages" });
  for (const name of ["Events", "Alerts", "Analytics", "Settings", "Live"]) {
    const link = pages.getByRole("link", { name });
    if (await link.isVisible()) {
      await link.click();
      await expect(link).toHaveAttribute("aria-current", "page");
      await expect(link).toBeInViewport({ ratio: 1 });
      continue;
    }
    await pages.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name }).click();
    await expect(page).toHaveURL(`/${name.toLowerCase()}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

test("navigation: the sidebar collapses to icons, stays collapsed after a reload, and expands again", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/");
  const live = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Live" });
  const width = async () => (await live.boundingBox())?.width ?? 0;
  const wide = await width();
  await page.getByRole("button", { name: "Collapse sidebar" }).click();
  await expect.poll(width).toBeLessThan(wide / 2);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-sidebar", "narrow");
  await expect(live).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Expand sidebar" }).click();
  await expect.poll(width).toBe(wide);
});
