import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("theme and density are chosen in the user menu, and the server's next page already has them", async ({
  page,
  browser,
  app,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Menu of/ })).toBeFocused();

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

test("the page that is open is whole among the pages' names, on a phone too", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  for (const name of ["Events", "Alerts", "Analytics"]) {
    const link = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(link).toBeInViewport({ ratio: 1 });
  }
  await page.goto("/events");
  const open = page.getByRole("navigation", { name: "Pages" }).locator('[aria-current="page"]');
  await expect(open).toBeInViewport({ ratio: 1 });
});
