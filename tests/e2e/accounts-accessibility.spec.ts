import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { adminRequests } from "@/tests/support/e2e/newcomer";

const signedOut = { storageState: { cookies: [], origins: [] } };

test.describe("accessibility, signed out", () => {
  test.use(signedOut);

  for (const path of [
    "/sign-in?error=not_invited",
    "/forgot-password",
    "/reset-password?token=x",
    "/invite/x",
    "/no-access",
    "/second-factor",
  ]) {
    test(`${path} is accessible in both themes`, { tag: "@once" }, async ({ page }) => {
      await page.goto(path);
      await expectAccessible(page);
    });
  }

  test("a valid invitation is accessible in both themes", { tag: "@once" }, async ({ app, page }) => {
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
  test(`accessibility: ${path} is accessible in both themes`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}
