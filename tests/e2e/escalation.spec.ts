import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { issueCreated } from "@/tests/fixtures/issue-created";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test.beforeEach(async ({ app }) => {
  await ask(
    app.databaseUrl,
    (sql) => sql`
      with gone as (delete from escalation_policies)
      delete from notification_channels where name in ('First line', 'Team lead')`,
  );
});

const policies = (page: Page) =>
  page.getByRole("list", { name: "Escalation policies" }).getByRole("listitem");

test("escalation: a policy with two steps can be added, turned off, edited and deleted", {
  tag: "@once",
}, async ({ page, app }) => {
  for (const name of ["First line", "Team lead"]) {
    const url = `http://127.0.0.1:${app.monitorPort}/${encodeURIComponent(name)}`;
    const made = await page.request.post("/api/notification-channels", {
      data: { kind: "webhook", name, url, afterMinutes: 0, quietHours: null },
      headers: { origin: new URL(app.url).origin },
    });
    expect(made.status()).toBe(201);
  }
  await page.goto("/settings/notifications");
  await page.getByRole("button", { name: "Add policy" }).click();
  const form = page.getByRole("form", { name: "New escalation policy" });
  await form.getByLabel("Name").fill("On call");
  await form.getByLabel("Hang").check();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toHaveText("Choose a channel or a person for each step.");
  const first = form.getByRole("group", { name: "Step 1", exact: true });
  await first.getByLabel("First line").check();
  await first.getByLabel("Repeat every, min").fill("10");
  await form.getByRole("button", { name: "Add step" }).click();
  const second = form.getByRole("group", { name: "Step 2", exact: true });
  await second.getByLabel("Team lead").check();
  await second.getByLabel("Ada Admin").check();
  await form.getByLabel("Only at certain times").check();
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(policies(page)).toHaveCount(1);
  await expect(policies(page)).toContainText("Hang, Incident · Mon–Fri 09:00–17:00");
  await expect(policies(page)).toContainText("After 5 min: First line, then every 10 min, 3 times");
  await expect(policies(page)).toContainText("After 15 min: Team lead, Ada Admin");

  await policies(page).getByRole("button", { name: "Turn off" }).click();
  await expect(policies(page).getByText("Off", { exact: true })).toBeVisible();
  await policies(page).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Remove step 2" }).click();
  await page.getByRole("button", { name: "Save" }).last().click();
  await expect(policies(page)).not.toContainText("Team lead");
  await policies(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(policies(page)).toHaveCount(0);
});

test("issues: an issue raised by Vapi's monitoring appears on Alerts with its type and call counts", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  const id = randomUUID();
  await postEvent(randomUUID(), issueCreated({ id, callsCount: 12, totalCalls: 150 }).message);
  await expect
    .poll(() => ask(app.databaseUrl, (sql) => sql`select id from vapi_issues where id = ${id}`))
    .toHaveLength(1);
  await page.goto("/alerts");
  const issues = page
    .getByRole("list", { name: "Vapi issues" })
    .getByRole("listitem")
    .filter({ hasText: "12 of 150 calls" })
    .first();
  await expect(issues).toContainText("Error rate");
  await expect(issues).toContainText("12 of 150 calls");
  await expectAccessible(page);
});
