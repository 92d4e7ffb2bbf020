import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { localTimeOf } from "@/lib/zones";
import { workshopDesk } from "@/scripts/simulator/dialogues/car-service";
import { assistantIdOf } from "@/scripts/simulator/frame/build-assistant";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { makeRule } from "@/tests/support/makers/make-rule";

test.beforeEach(async ({ app }) => {
  await ask(app.databaseUrl, (sql) => sql`truncate routing, routed_requests`);
});

/** An assistant that exists in the local Vapi; others are rejected. */
const byAssistantId = { kind: "assistant-id", assistantId: assistantIdOf(workshopDesk) } as const;

/** Saves rules with these names through the API, like another user would. */
async function putRules(request: APIRequestContext, origin: string, version: number, ...names: string[]) {
  const rules = names.map((name) => makeRule({ name, id: randomUUID(), answer: byAssistantId }));
  const data = { version, rules, defaultAnswer: null };
  expect((await request.put("/api/routing", { data, headers: { origin } })).status()).toBe(200);
}

const names = (page: Page) => page.getByRole("list", { name: "Rules" }).getByRole("listitem");
const expectOrder = (page: Page, ...order: string[]) =>
  expect(names(page)).toContainText(order.map((name) => new RegExp(name)));

test("routing: a rule can be added, edited, duplicated, disabled and deleted, and the edited rule answers the next call", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.goto("/settings/routing");
  await expect(page.getByText("No rules yet")).toBeVisible();
  await page.getByRole("button", { name: "Add rule" }).click();
  const form = page.getByRole("form", { name: "New rule" });
  await form.getByLabel("Name").fill("Known nuisance");
  await form.getByLabel("Callers", { exact: true }).fill("+1 555 010 0115, +1 555 010 0116");
  await form.getByLabel("Include hidden numbers").check();
  await form.getByLabel("Only at certain times").check();
  await form.getByLabel("Time zone").fill("Mars/Olympus");
  await form.getByRole("button", { name: "Add context field" }).click();
  await form.getByLabel("Context field", { exact: true }).fill("customer.tier");
  await form.getByLabel("Value").fill("none");
  await choose(form.getByRole("combobox", { name: "Answer" }), "Play a message and hang up");
  await form.getByLabel("Message to the caller").fill("This number does not take your calls.");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("Unknown time zone.");
  await form.getByLabel("Only at certain times").uncheck();
  await form.getByRole("button", { name: "Remove context field 1" }).click();
  await form.getByRole("button", { name: "Save" }).click();

  const row = names(page).first();
  await expect(row).toContainText("Calls from +1 555 010 0115, +1 555 010 0116 or a withheld number");
  await expect(row).toContainText("the caller hears “This number does not take your calls.”");
  await expectAccessible(page);

  await row.getByRole("button", { name: "Edit" }).click();
  const edit = page.getByRole("form", { name: "Edit “Known nuisance”" });
  await edit.getByLabel("Callers", { exact: true }).fill("");
  await edit.getByLabel("Include hidden numbers").uncheck();
  await choose(edit.getByRole("combobox", { name: "Answer" }), "Inline assistant (JSON)");
  await edit.getByLabel("Assistant", { exact: true }).fill('{ "name": }');
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByRole("alert")).toContainText("Assistant: Line 1, column");
  await edit
    .getByLabel("Assistant", { exact: true })
    .fill('{ "name": "Night desk", "firstMessage": "Hello." }');
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Every call → an inline assistant, Night desk");
  await expect
    .poll(() => postEvent(randomUUID(), assistantRequest({ callId: randomUUID() }).message))
    .toEqual({ assistant: { name: "Night desk", firstMessage: "Hello." } });

  await row.getByRole("button", { name: "Duplicate" }).click();
  await expectOrder(page, "Known nuisance", "Copy of Known nuisance.*off");
  await row.getByRole("button", { name: "Disable" }).click();
  await expect(row.getByRole("button", { name: "Enable" })).toBeVisible();
  await row.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expectOrder(page, "Copy of Known nuisance");

  const fallback = page.getByRole("form", { name: "Default" });
  await choose(fallback.getByRole("combobox", { name: "Answer" }), "Transfer to a number");
  await fallback.getByLabel("Number").fill("+1 555 010 0100");
  await fallback.getByRole("button", { name: "Save default" }).click();
  await expect
    .poll(() => postEvent(randomUUID(), assistantRequest({ callId: randomUUID() }).message))
    .toEqual({ destination: { type: "number", number: "+15550100100" } });
  // The request is logged in the background, a moment after the answer.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("region", { name: "Requests" })).toContainText("The default", {
      timeout: 500,
    });
  }).toPass();
});

test("routing: rules can be reordered by keyboard and by dragging, and the new position is announced", async ({
  page,
  request,
  app,
}) => {
  await putRules(request, app.url, 0, "Anna", "Bert", "Cleo");
  // Opened by a link, because the page's response then has another nonce than the document.
  await page.goto("/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Routing" }).click();
  const saved = async () => {
    const { routing } = await (await request.get("/api/routing")).json();
    return routing.rules.map(({ name }: { name: string }) => name);
  };
  const down = page.getByRole("button", { name: "Move “Anna” down" });
  await down.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expectOrder(page, "Bert", "Cleo", "Anna");
  await expect(page.getByText("“Anna” is now rule 3 of 3.")).toBeAttached();
  await expect(down).toBeFocused();
  await expect.poll(saved).toEqual(["Bert", "Cleo", "Anna"]);

  const grip = page.getByRole("button", { name: "Drag “Anna”" });
  await grip.scrollIntoViewIfNeeded();
  const from = await grip.boundingBox();
  const to = await page.getByRole("button", { name: "Drag “Bert”" }).boundingBox();
  if (!from || !to) throw new Error("The grips are not on the page.");
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y - 20, { steps: 5 });
  await page.mouse.move(to.x + 10, to.y - 5, { steps: 20 });
  await page.mouse.up();
  await expectOrder(page, "Anna", "Bert", "Cleo");
  await expect(page.getByText("“Anna” is now rule 1 of 3.")).toBeAttached();
  await expect.poll(saved).toEqual(["Anna", "Bert", "Cleo"]);
});

test("routing: reordering rules that another person has changed shows a conflict and keeps that person's changes", {
  tag: "@once",
}, async ({ page, request, app, consoleWatch }) => {
  consoleWatch.allow(/status of 409/);
  await putRules(request, app.url, 0, "Anna", "Bert");
  await page.goto("/settings/routing");
  await putRules(request, app.url, 1, "Anna", "Bert", "Cleo");
  await page.getByRole("button", { name: "Move “Anna” down" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "changed the rules in the meantime" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Reload rules" }).click();
  await expectOrder(page, "Anna", "Bert", "Cleo");
  await page.getByRole("button", { name: "Move “Anna” down" }).click();
  await expectOrder(page, "Bert", "Anna", "Cleo");
});

test("routing: a default answer that could not be saved stays in its form, and the button keeps the focus", {
  tag: "@once",
}, async ({ page, request, app, consoleWatch }) => {
  consoleWatch.allow(/status of 409/);
  await putRules(request, app.url, 0, "Anna");
  await page.goto("/settings/routing");
  await putRules(request, app.url, 1, "Anna", "Bert");
  const form = page.getByRole("form", { name: "Default" });
  const message = form.getByLabel("Message to the caller");
  const save = form.getByRole("button", { name: "Save default" });
  const conflict = page.getByRole("alert").filter({ hasText: "changed the rules in the meantime" });
  await choose(form.getByRole("combobox", { name: "Answer" }), "Play a message and hang up");
  await message.fill("We are closed.");
  await save.click();
  await expect(conflict).toBeVisible();
  await expect(message).toHaveValue("We are closed.");
  await page.getByRole("button", { name: "Reload rules" }).click();
  await expectOrder(page, "Anna", "Bert");
  await expect(message).toHaveValue("We are closed.");
  await save.click();
  await expect(conflict).toHaveCount(0);
  await expect(save).toBeFocused();
  await page.reload();
  await expect(message).toHaveValue("We are closed.");
});

test.describe("in another time zone", () => {
  const timezoneId = "Pacific/Auckland";
  test.use({ timezoneId });

  test("routing: a dry run starts with the viewer's own time and zone", { tag: "@once" }, async ({
    page,
  }) => {
    await page.goto("/settings/routing");
    const form = page.getByRole("form", { name: "Dry run" });
    await expect(form.getByLabel("Time zone")).toHaveValue(timezoneId);
    const time = await form.getByLabel("Time", { exact: true }).inputValue();
    const minutes = (Date.parse(localTimeOf(Date.now(), timezoneId)) - Date.parse(time)) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(0);
    expect(minutes).toBeLessThan(10);
  });
});

test("routing: a dry run shows which rule answers, why another does not match, and the response to Vapi", {
  tag: "@once",
}, async ({ page, request, app }) => {
  const night = { zone: "Europe/Berlin", weekdays: [5], from: "22:00", to: "06:00" };
  const rules = [
    makeRule({ name: "Austria", id: randomUUID(), when: { countries: ["AT"] }, answer: byAssistantId }),
    makeRule({
      name: "Night",
      id: randomUUID(),
      when: { time: night },
      answer: byAssistantId,
    }),
  ];
  await request.put("/api/routing", {
    data: { version: 0, rules, defaultAnswer: null },
    headers: { origin: app.url },
  });
  await page.goto("/settings/routing");
  const form = page.getByRole("form", { name: "Dry run" });
  await form.getByLabel("Caller").fill("+49 30 901820");
  await form.getByLabel("Time", { exact: true }).fill("2026-06-06T02:30");
  await form.getByLabel("Zone").fill("Europe/Berlin");
  await form.getByRole("button", { name: "Try" }).click();
  const decision = page.getByRole("status").filter({ hasText: "Response to Vapi" });
  await expect(decision).toContainText("The rule “Night” answers.");
  await expect(decision).toContainText("Austria: does not match: the caller is from DE.");
  await expect(decision.getByRole("region", { name: "Response to Vapi" })).toContainText(
    `"${byAssistantId.assistantId}"`,
  );
  await expectAccessible(page);
  await form.getByLabel("Time", { exact: true }).fill("2026-06-06T22:30");
  await form.getByRole("button", { name: "Try" }).click();
  await expect(decision).toContainText("it is Saturday, 22:30 in Europe/Berlin");
});

test("routing: when callers wait too long for an answer, the board and the routing settings show an alert", {
  tag: "@once",
}, async ({ page, app }) => {
  await ask(
    app.databaseUrl,
    (sql) => sql`
      insert into routed_requests (arrived_at, decided_ms, answered_ms, source)
      select now(), 2800, 2900, 'fallback' from generate_series(1, 20)`,
  );
  for (const path of ["/", "/settings/routing"]) {
    await page.goto(path);
    await expect(page.getByRole("alert").filter({ hasText: "Callers wait 2.9 s" })).toBeVisible();
    await expectAccessible(page);
  }
});
