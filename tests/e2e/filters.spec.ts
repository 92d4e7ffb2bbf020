import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

type PostEvent = Parameters<typeof createCaller>[0];

async function hadCalls(postEvent: PostEvent, ...assistants: string[]): Promise<void> {
  for (const assistant of assistants) {
    const caller = createCaller(postEvent, assistant);
    await caller.begins();
    await caller.ends("customer-ended-call");
    await caller.reports("customer-ended-call", "They asked for an appointment.");
  }
}

const chip = (page: Page, name: string) => page.locator(`[data-chip="${name}"]`);
const count = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words });

test("filters: a filter can be added with the keyboard alone, changed through its chip, and removed", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await hadCalls(postEvent, "Clinic", "Billing");
  await page.goto("/reports");
  await expect(count(page, "2 calls")).toBeVisible();
  const add = page.getByRole("button", { name: "Filter", exact: true });
  await add.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Filter by" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("assis");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Assistant" })).toBeFocused();
  await page.keyboard.type("clin");
  await page.keyboard.press("Enter");
  await expect(chip(page, "assistant")).toHaveText("Assistant:Clinic");
  await expect(count(page, "1 call")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(chip(page, "assistant")).toHaveText("Assistant:Clinic");

  await page.getByRole("button", { name: "Assistant: Clinic", exact: true }).click();
  await page.getByRole("option", { name: "Billing" }).click();
  await expect(chip(page, "assistant")).toHaveText("Assistant:Billing");
  await page.getByRole("button", { name: "Remove filter Assistant: Billing" }).click();
  await expect(chip(page, "assistant")).toHaveCount(0);
  await expect(add).toBeFocused();
  await expect(count(page, "2 calls")).toBeVisible();
});

test("filters: several values of one filter share a chip, and a range can have only one bound", async ({
  page,
  postEvent,
}) => {
  await hadCalls(postEvent, "Clinic");
  await page.goto("/reports");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Our fault" }).click();
  await page.getByRole("option", { name: "Ended well" }).click();
  await page.keyboard.press("Escape");
  await expect(chip(page, "group")).toHaveText("Outcome:Ended well, Our fault");
  await expect(page).toHaveURL(/group=(our-fault,ended-well|ended-well,our-fault)/);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: "Length" }).click();
  await page.getByLabel("At least, seconds").fill("9000");
  await expect(chip(page, "minSeconds")).toHaveText("Length:≥ 9000 s");
  await expect(page.getByText("No calls match")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(page.locator("[data-chip]")).toHaveCount(0);
  await expect(count(page, "1 call")).toBeVisible();
});

test("filters: a named period keeps its name after a reload, and the calendar sets a custom range", async ({
  page,
  postEvent,
}) => {
  await hadCalls(postEvent, "Clinic");
  await page.goto("/reports");
  await page.getByRole("button", { name: "Period: Any time" }).click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/period=week/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Period: Last 7 days" })).toBeVisible();
  await expect(count(page, "1 call")).toBeVisible();

  await page.getByRole("button", { name: "Period: Last 7 days" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /Previous Month/ }).click();
  await page.locator('td[data-day$="-03"] button').click();
  await page.locator('td[data-day$="-05"] button').click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-03&to=\d{4}-\d\d-05/);
  await expect(page.getByText("No calls match")).toBeVisible();
});
