import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import { adminRequests } from "@/tests/support/e2e/newcomer";

const asNobody = { storageState: { cookies: [], origins: [] } };

/** No violation in either theme, and nothing wider than the screen. */
async function expectAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
      [],
    );
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

test.describe("before signing in", () => {
  test.use(asNobody);

  for (const path of [
    "/sign-in?error=not_invited",
    "/forgot-password",
    "/reset-password?token=x",
    "/invite/x",
    "/no-access",
  ]) {
    test(`${path} can be used by everybody`, async ({ page }) => {
      await page.goto(path);
      await expectAccessible(page);
    });
  }

  test("an invitation can be used by everybody", async ({ app, page }) => {
    const admin = await adminRequests(app.url);
    const data = { email: "axe@example.com", role: "viewer" };
    const { link } = await (await admin.post("/api/invitations", { data })).json();
    await admin.dispose();
    await page.goto(link);
    await expect(page.getByRole("button", { name: "Join" })).toBeVisible();
    await expectAccessible(page);
  });
});

for (const path of ["/settings", "/settings/people", "/settings/keys", "/settings/audit"]) {
  test(`${path} can be used by everybody`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}
