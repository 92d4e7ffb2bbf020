import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";

const code = "call.in-progress.error-vapifault-wellsaid-500-server-error";

test("providers: a failing provider is named with its failed and total calls, for viewers too", {
  tag: "@once",
}, async ({ app, browser, page, postEvent }) => {
  for (let n = 0; n < 3; n += 1) {
    const caller = createCaller(postEvent, "Narration line");
    await caller.begins();
    await caller.ends(code);
  }
  await page.goto("/analytics/providers");
  await expect(page.getByRole("heading", { level: 1, name: "Analytics" })).toBeVisible();
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /WellSaid/ }) });
  await expect(row).toContainText("Failing");
  await expect(row.getByRole("img", { name: /of \d+ calls failed in the last 24 hours/ })).toBeVisible();
  const problem = page
    .getByRole("list", { name: "Problems" })
    .getByRole("listitem")
    .filter({ hasText: "WellSaid (voice) failed in 3 of 3 calls in the last 15 min" });
  await expect(problem).toBeVisible();
  await expectAccessible(page);
  const viewer = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({ extraHTTPHeaders: { cookie: viewer.cookie } });
  const seen = await context.newPage();
  await seen.goto(`${app.url}/analytics/providers`);
  await expect(seen.getByText("WellSaid (voice) failed in 3 of 3 calls").first()).toBeVisible();
  await context.close();
});

test("providers: the page is a tab of Analytics and can be opened by keyboard", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/analytics");
  const tab = page.getByRole("navigation", { name: "Analytics" }).getByRole("link", { name: "Providers" });
  await tab.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/analytics\/providers$/);
  await expect(tab).toHaveAttribute("aria-current", "page");
});
