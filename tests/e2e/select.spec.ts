import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("select: the keyboard opens the list, moves through it, chooses an option and closes it", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/reports");
  const order = page.getByRole("combobox", { name: "Order" });
  await order.focus();
  await page.keyboard.press("ArrowDown");
  const list = page.getByRole("listbox", { name: "Order" });
  await expect(list.getByRole("option", { name: "Newest first" })).toBeFocused();
  await expect(list.getByRole("option", { name: "Newest first" })).toHaveAttribute("aria-selected", "true");
  await expect(order).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(list).toHaveCount(0);
  await expect(order).toBeFocused();
  await expect(order).toHaveText("Longest first");
  await expect(page).toHaveURL(/sort=longest/);
  await page.keyboard.press("Space");
  await expect(list.getByRole("option", { name: "Longest first" })).toBeFocused();
  // In the open list, a letter moves to the option that starts with it.
  await page.keyboard.press("m");
  await expect(list.getByRole("option", { name: "Most expensive" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(order).toBeFocused();
  await expect(order).toHaveText("Longest first");
});

test("select: typing on a closed list chooses an option, and the page's shortcuts do not fire", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/reports");
  const order = page.getByRole("combobox", { name: "Order" });
  await order.focus();
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await page.keyboard.type("most");
  await expect(order).toHaveText("Most expensive");
  await page.keyboard.press("/");
  await expect(order).toBeFocused();
});

test("select: Shift+Tab in the list closes it and returns to its button, and then moves on", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/reports");
  const order = page.getByRole("combobox", { name: "Order" });
  await order.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "Newest first" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await expect(order).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
});

test("select: a second click on the button closes the list", async ({ page }) => {
  await page.goto("/reports");
  const order = page.getByRole("combobox", { name: "Order" });
  await order.click();
  await expect(page.getByRole("listbox")).toBeVisible();
  await order.click();
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("select: the list stays within the window, and its rows are large enough to tap", async ({
  page,
}, info) => {
  const isPhone = info.project.name === "phone";
  if (!isPhone) await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto("/analytics");
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await expect(page.getByText("No calls ended in this period")).toBeVisible();
  await zone.click();
  const list = page.getByRole("listbox", { name: "Time zone" });
  await expect(list.getByRole("option", { name: "Europe/Berlin" })).toBeAttached();
  await expect(list).toBeInViewport({ ratio: 1 });
  const rows = await list
    .getByRole("option")
    .evaluateAll((all) => all.slice(0, 5).map((row) => row.getBoundingClientRect().height));
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(isPhone ? 44 : 32);
  await list.getByRole("option", { name: "Europe/Paris", exact: true }).click();
  await expect(zone).toHaveText("Europe/Paris");
});

test("select: a form submits the chosen value", async ({ page }) => {
  await page.goto("/settings/audit");
  const action = page.getByLabel("Action", { exact: true });
  await action.click();
  await page.getByRole("option").nth(1).click();
  const chosen = await action.getAttribute("data-value");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`action=${chosen}`));
  await expect(page.getByLabel("Action", { exact: true })).toHaveAttribute("data-value", chosen ?? "");
});
