import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { startReceiver } from "@/tests/support/servers/start-receiver";

test.beforeEach(async ({ app }) => {
  await ask(app.databaseUrl, (sql) => sql`truncate forwarding_targets cascade`);
});

const rowOf = (page: Page, list: string) => page.getByRole("list", { name: list }).getByRole("listitem");

test("forwarding: a target can be added with a key shown once, tested, edited and paused, and receives the next event signed", {
  tag: "@once",
}, async ({ app, page, postEvent }) => {
  const receiver = await startReceiver(undefined, app.monitorPort);
  await page.goto("/settings/forwarding");
  await expect(page.getByText("No targets yet. Add one below.")).toBeVisible();
  await page.getByLabel("Name").fill("CRM");
  await page.getByLabel("URL").fill(`${receiver.url}/crm`);
  await page.getByRole("button", { name: "Add target" }).click();
  const key = await page.getByRole("status").locator("code").textContent();
  const row = rowOf(page, "Targets").first();
  await expect(row).toContainText("all events · trimmed, masked");

  await row.getByRole("button", { name: "Test" }).click();
  await expect(row.getByRole("status")).toContainText("Test delivered: answered 200");
  const log = rowOf(page, "Delivery log");
  await expect(log.filter({ hasText: "test" }).first()).toContainText("Delivered");

  const callId = randomUUID();
  await postEvent(randomUUID(), statusUpdate("in-progress", { callId }).message);
  const ofCall = () => receiver.received.find(({ body }) => body.includes(callId));
  await expect.poll(ofCall).toBeDefined();
  const { headers = {}, body = "" } = ofCall() ?? {};
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
  const signed = Object.fromEntries(names.map((name) => [name, String(Reflect.get(headers, name))]));
  expect(new Webhook(key ?? "").verify(body, signed)).toMatchObject({ type: "status-update", callId });
  await page.reload();
  await expect(page.getByText(key ?? "")).toHaveCount(0);
  await expect(log.filter({ hasText: "status-update" }).first()).toContainText("Delivered");
  await expectAccessible(page);

  await row.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("form", { name: "Edit CRM" });
  await form.getByLabel("Name").fill("Data warehouse");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await expect(row).toContainText("Data warehouse");
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("Paused");
  await receiver.stop();
});

test("forwarding: events of a chosen period can be counted and sent again", {
  tag: "@once",
}, async ({ app, page, postEvent }) => {
  const receiver = await startReceiver(undefined, app.monitorPort);
  await page.goto("/settings/forwarding");
  await page.getByLabel("Name").fill("CRM");
  await page.getByLabel("URL").fill(receiver.url);
  await page.getByRole("button", { name: "Add target" }).click();
  const row = rowOf(page, "Targets").first();
  // Events from before a target was added are not sent to it.
  await expect(row).toContainText("CRM");
  const callId = randomUUID();
  await postEvent(randomUUID(), statusUpdate("in-progress", { callId }).message);
  const timesSent = () => receiver.received.filter(({ body }) => body.includes(callId)).length;
  await expect.poll(timesSent).toBe(1);

  await row.getByRole("button", { name: "Send again…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send again to “CRM”" });
  await dialog.getByLabel("From").fill("2020-01-01T00:00:00");
  await dialog.getByLabel("To").fill("2020-01-02T00:00:00");
  await dialog.getByRole("button", { name: "Count" }).click();
  await expect(dialog.getByText("0 items were received in this period.")).toBeVisible();
  await dialog.getByLabel("To").fill("2099-01-01T00:00:00");
  await dialog.getByRole("button", { name: "Count" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /^Send \d+ again$/ }).click();
  await expect(row.getByRole("status")).toContainText("being sent again");
  await expect.poll(timesSent).toBe(2);
  await receiver.stop();
});
