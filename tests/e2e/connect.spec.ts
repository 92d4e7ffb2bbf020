import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import type { App } from "@/tests/support/e2e/app";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

const name = "Workshop Desk";
const foreign = {
  server: { url: "https://crm.example.com/vapi", timeoutSeconds: 5 },
  serverMessages: ["end-of-call-report", "status-update"],
};

/** Reads or changes a resource in the app's local Vapi, as a person would in its dashboard. */
async function askVapi({ vapi }: App, path: string, fields?: object) {
  const response = await fetch(`${vapi.url}/${path}`, {
    method: fields ? "PATCH" : "GET",
    headers: { authorization: `Bearer ${vapi.key}`, "content-type": "application/json" },
    ...(fields && { body: JSON.stringify(fields) }),
  });
  expect(response.status).toBe(200);
  return response.json();
}

async function findAssistant(app: App) {
  const all: { id: string; name: string; server?: unknown; serverMessages?: string[] }[] = await askVapi(
    app,
    "assistant?limit=100",
  );
  const found = all.find((each) => each.name === name);
  if (!found) throw new Error(`Vapi has no ${name}.`);
  return found;
}

const row = (page: Page) =>
  page
    .getByRole("list", { name: "Assistants, squads and numbers" })
    .getByRole("listitem")
    .filter({ hasText: name });
const changes = (page: Page) =>
  page.getByRole("list", { name: "Changes made in Vapi" }).getByRole("listitem");

async function putBack(page: Page) {
  const offers = changes(page).filter({ hasText: name }).getByRole("button", { name: "Restore" });
  await expect(offers.first()).toBeVisible();
  const before = await offers.count();
  await offers.first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Restore" }).click();
  await expect(offers).toHaveCount(before - 1);
}

test("connect: an assistant can be connected, its drift is detected and fixed, and both changes can be undone", {
  tag: "@once",
}, async ({ page, app, postEvent }) => {
  const { id } = await findAssistant(app);
  await askVapi(app, `assistant/${id}`, foreign);
  await page.goto("/settings/assistants");
  await expect(row(page)).toContainText("Sends events to crm.example.com");
  await expect(row(page)).toContainText("Does not send speech-update, transcript");
  await expectAccessible(page);

  await row(page)
    .getByRole("button", { name: `Review ${name}` })
    .click();
  const dialog = page.getByRole("dialog", { name: "Review changes" });
  await expect(dialog).toContainText("server.url");
  await expect(dialog).toContainText("https://crm.example.com/vapi");
  await expect(dialog).toContainText(`${app.url}/api/webhook/`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 connected. Each can be undone")).toBeVisible();
  await expect(row(page)).toContainText("Connected");
  const connected = await findAssistant(app);
  expect(connected.serverMessages).toContain("transcript");

  await expect(page.getByText(/Waiting for a call…|Event received/)).toBeVisible();
  const call = { id: randomUUID(), type: "inboundPhoneCall" };
  await postEvent(randomUUID(), {
    type: "status-update",
    status: "in-progress",
    timestamp: Date.now(),
    call,
  });
  await expect(page.getByText("Event received, credential VAPI_WEBHOOK_SECRET matched.")).toBeVisible();

  const serverMessages = connected.serverMessages?.filter((type) => type !== "transcript");
  await askVapi(app, `assistant/${id}`, { serverMessages });
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(row(page)).toContainText("Stopped sending transcript since");
  await page.goto("/settings/health");
  await expect(page.getByRole("list", { name: "States" })).toContainText("1 of 1 changed");
  await page.getByRole("main").getByRole("link", { name: "Assistants" }).last().click();
  await row(page)
    .getByRole("button", { name: `Fix ${name}` })
    .click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(row(page)).toContainText("Connected");
  expect((await findAssistant(app)).serverMessages).toContain("transcript");

  await putBack(page);
  // The drift was made in Vapi. It is reverted there first, because undo is rejected if a field has changed since.
  await askVapi(app, `assistant/${id}`, { serverMessages: connected.serverMessages });
  await putBack(page);
  await expect(row(page)).toContainText("Sends events to crm.example.com");
  expect(await findAssistant(app)).toMatchObject(foreign);
});
