import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("privacy: retention can be set in days or turned off", { tag: "@once" }, async ({ page }) => {
  await page.goto("/settings/privacy");
  await page.getByLabel("Event log, days").fill("30");
  await page.getByLabel("Transcripts, days").fill("");
  const form = page.getByRole("region", { name: "Retention" });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Saved.")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel("Event log, days")).toHaveValue("30");
  await expect(page.getByLabel("Transcripts, days")).toHaveValue("");
});

test("privacy: a caller's calls are deleted after their count is typed, and the audit log omits the number", {
  tag: "@once",
}, async ({ page, postEvent, request, consoleWatch }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.says("user", "Please forget me.");
  await caller.ends("customer-ended-call");

  await page.goto("/settings/privacy");
  await page.getByLabel("Number, with country code").fill(caller.number);
  await page.getByRole("button", { name: "Preview" }).click();
  const erase = page.getByRole("button", { name: "Delete everything" });
  await expect(erase).toBeDisabled();
  await expectAccessible(page);
  await page.getByLabel("To confirm, type: delete 1 call").fill("delete 1 call");
  await erase.click();
  await expect(page.getByText("1 call deleted")).toBeVisible();

  consoleWatch.allow(/status of 404/);
  expect((await request.get(`/api/calls/${caller.callId}`)).status()).toBe(404);
  await page.goto("/settings/audit");
  await expect(page.getByRole("cell", { name: "Deleted a caller's data" }).first()).toBeVisible();
  await expect(page.getByText(caller.number)).toHaveCount(0);
});

test("privacy: card numbers are masked in new events once an admin turns masking on", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.goto("/settings/privacy");
  const form = page.getByRole("region", { name: "Sensitive data" });
  await expect(form.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await form.getByRole("checkbox", { name: "Card number stored as [card number]" }).check();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Saved. Applies to new events within 30 s.")).toBeVisible();
  await expectAccessible(page);
  await expect(form.getByRole("button", { name: "Save" })).toBeEnabled();
  await expect(form.getByRole("checkbox", { name: "Card number" })).toBeChecked();
  try {
    const caller = createCaller(postEvent, "Front desk");
    await caller.begins();
    await caller.says("user", "My card is 4242 4242 4242 4242");
    await page.goto("/");
    await expect(page.getByText("My card is [card number]").first()).toBeVisible();
    await expect(page.getByText("4242")).toHaveCount(0);
  } finally {
    await page.goto("/settings/privacy");
    await form.getByRole("checkbox", { name: "Card number" }).uncheck();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByText("Saved.")).toBeVisible();
  }
});
