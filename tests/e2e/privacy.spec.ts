import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("how long data is kept is set in days, or not at all", async ({ page }) => {
  await page.goto("/settings/privacy");
  await page.getByLabel("Event log, days").fill("30");
  await page.getByLabel("Transcripts, days").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel("Event log, days")).toHaveValue("30");
  await expect(page.getByLabel("Transcripts, days")).toHaveValue("");
});

test("everything about a caller is deleted once what would go has been typed", async ({
  page,
  postEvent,
  request,
  consoleWatch,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.says("user", "Please forget me.");
  await caller.ends("customer-ended-call");

  await page.goto("/settings/privacy");
  await page.getByLabel("Number, with country code").fill(caller.number);
  await page.getByRole("button", { name: "Look" }).click();
  const erase = page.getByRole("button", { name: "Delete everything" });
  await expect(erase).toBeDisabled();
  await expectAccessible(page);
  await page.getByLabel("To confirm, type: delete 1 call").fill("delete 1 call");
  await erase.click();
  await expect(page.getByText("1 call is deleted")).toBeVisible();

  consoleWatch.allow(/status of 404/);
  expect((await request.get(`/api/calls/${caller.callId}`)).status()).toBe(404);
  await page.goto("/settings/audit");
  await expect(page.getByRole("cell", { name: "Deleted a caller's data" }).first()).toBeVisible();
  await expect(page.getByText(caller.number)).toHaveCount(0);
});
