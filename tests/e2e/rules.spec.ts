import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Body } from "@/tests/fixtures/body";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test.beforeEach(async ({ app }) => {
  await ask(app.databaseUrl, (sql) => sql`truncate alert_rules cascade`);
});

const rows = (page: Page) => page.getByRole("list", { name: "Rules" }).getByRole("listitem");

/** A message from Vapi about a call, with the current time. */
type Make = (options: { callId: string; with: Record<string, unknown> }) => Body;
const now = (make: Make, callId: string) => make({ callId, with: { timestamp: Date.now() } }).message;

test("rules: a rule can be added with a back-test, fires on the next call with a link to the moment, and can be deleted", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  const conversation = randomUUID();
  const past = randomUUID();
  await postEvent(
    conversation,
    now((options) => statusUpdate("in-progress", options), past),
  );
  await postEvent(
    conversation,
    now((options) => transcriptFinal("user", "Where is my xylophone refund?", options), past),
  );
  // The fixtures' calls are old.
  await ask(app.databaseUrl, (sql) => sql`update calls set created_at = now() where id = ${past}`);

  await page.goto("/settings/alerts/rules");
  await expect(page.getByText("No rules yet.")).toBeVisible();
  await page.getByRole("button", { name: "Add rule" }).click();
  const form = page.getByRole("form", { name: "New rule" });
  await form.getByLabel("Name").fill("Refund");
  await choose(form.getByRole("combobox", { name: "Severity" }), "Critical");
  await choose(form.getByRole("combobox", { name: "Match" }), "Pattern");
  await form.getByLabel("Pattern (RE2)").fill("(?<=a)refund");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("not a valid RE2 pattern");
  await expect(form.getByLabel("Name")).toHaveValue("Refund");
  await form.getByLabel("Pattern (RE2)").fill("xylophone\\s+refund");
  await form.getByLabel("Say").fill("I will get somebody.");
  await form.getByRole("button", { name: "Add condition" }).click();
  await choose(form.getByRole("combobox", { name: "Condition 2" }), "Call length");
  await form.getByLabel("Seconds").fill("86400");
  await form.getByRole("checkbox", { name: "Not" }).nth(1).check();
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();

  const row = rows(page).first();
  await expect(row).toContainText("Refund");
  await expect(row).toContainText("the caller says the pattern");
  await expect(row).toContainText(/Would have fired \d+ times? in \d+ of/);
  await expectAccessible(page);
  await row.getByRole("button", { name: "Turn on live actions" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Turn on live actions" }).click();
  await expect(row).toContainText("Live actions are on.");

  const callId = randomUUID();
  await postEvent(
    conversation,
    now((options) => statusUpdate("in-progress", options), callId),
  );
  await postEvent(
    conversation,
    now((options) => transcriptFinal("user", "A xylophone refund please", options), callId),
  );
  await page.goto("/alerts");
  const alert = page.locator(`[data-alert^="${callId}"]`);
  await expect(alert).toContainText("Refund");
  await alert.getByRole("link", { name: "Open moment" }).click();
  await expect(page).toHaveURL(new RegExp(`/calls/${callId}\\?at=\\d+`));

  await page.goto("/settings/alerts/rules");
  await expect(row).toContainText("Fired 1 time in 30 days");
  await row.getByRole("button", { name: "Turn off Refund" }).click();
  await expect(row.getByText("Off", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No rules yet.")).toBeVisible();
});

test("rules: conditions can be nested, and assistants and numbers chosen, with the keyboard alone", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent, "Xylophone desk");
  await caller.begins();
  await page.goto("/settings/alerts/rules");
  await page.getByRole("button", { name: "Add rule" }).press("Enter");
  const form = page.getByRole("form", { name: "New rule" });
  await form.getByLabel("Name").fill("Nested");
  const assistants = form.getByRole("combobox", { name: "Assistants" });
  await assistants.pressSequentially("xylo");
  await expect(page.getByRole("option", { name: "Xylophone desk" })).toBeVisible();
  await assistants.press("Enter");
  await expect(form.getByRole("button", { name: "Remove Xylophone desk" })).toBeVisible();
  const numbers = form.getByRole("combobox", { name: "Our numbers" });
  await numbers.pressSequentially("+15550100999");
  await expect(page.getByRole("option", { name: "+15550100999" })).toBeVisible();
  await numbers.press("Enter");
  await expect(form.getByRole("button", { name: "Remove +15550100999" })).toBeVisible();
  await form.getByRole("checkbox", { name: "Outbound" }).press("Space");
  await form.getByRole("group", { name: "Condition 1" }).getByLabel("Words").fill("refund");
  await form.getByRole("button", { name: "Add group" }).press("Enter");
  const group = form.getByRole("group", { name: "Group 2" });
  await expect(group.getByRole("combobox", { name: "Group 2" })).toBeFocused();
  await group.getByRole("checkbox", { name: "Not" }).first().press("Space");
  await group.getByRole("group", { name: "Condition 2.1" }).getByLabel("Words").fill("order");
  await group.getByRole("group", { name: "Condition 2.2" }).getByLabel("Words").fill("parcel");
  await group.getByRole("button", { name: "Add condition" }).press("Enter");
  await expect(group.getByRole("combobox", { name: "Condition 2.3" })).toBeFocused();
  await group.getByRole("button", { name: "Remove condition 2.3" }).press("Enter");
  await expect(group).toBeFocused();
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/rule-form.png", fullPage: true });
  await form.getByLabel("Name").press("Enter");
  const row = rows(page).first();
  await expect(row).toContainText(
    "the caller says the words “refund” and not (the caller says the words “order” or the caller says the words “parcel”)",
  );
  await row.getByRole("button", { name: "Edit" }).press("Enter");
  const edit = page.getByRole("form", { name: "Edit “Nested”" });
  await expect(edit.getByRole("button", { name: "Remove Xylophone desk" })).toBeVisible();
  await expect(edit.getByRole("checkbox", { name: "Outbound" })).toBeChecked();
  await expect(
    edit.getByRole("group", { name: "Group 2" }).getByRole("checkbox", { name: "Not" }).first(),
  ).toBeChecked();
  await expect(edit.getByRole("group", { name: "Condition 2.2" }).getByLabel("Words")).toHaveValue("parcel");
});

test("rules: a list of 200 rules with long names fits a phone and can be searched", async ({
  page,
  request,
  app,
}) => {
  const origin = new URL(app.url).origin;
  const when = { kind: "phrase", speaker: "any", phrase: "wort".repeat(60) };
  for (let index = 0; index < 200; index += 1) {
    const data = { name: `${"Donaudampfschifffahrt".repeat(4)} ${index}`, when, do: [{ kind: "alert" }] };
    expect((await request.post("/api/alert-rules", { data, headers: { origin } })).status()).toBe(201);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/settings/alerts/rules");
  await expect(rows(page)).toHaveCount(200);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole("searchbox", { name: "Search rules" }).fill(" 199");
  await expect(rows(page)).toHaveCount(1);
  await page.screenshot({ path: "test-results/rules-phone.png" });
  await expectAccessible(page);
});
