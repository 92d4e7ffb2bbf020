import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import postgres from "postgres";
import { formatPhoneNumber } from "@/lib/format";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { adminRequests, inviteNewcomer } from "@/tests/support/e2e/newcomer";

interface Wish {
  name?: string | null;
  context?: object;
}

/** Creates a conversation like a script would; returns its UUID. */
async function make(url: string, wish: Wish = {}): Promise<string> {
  const admin = await adminRequests(url);
  const made = await admin.post("/api/conversations", { data: wish });
  expect(made.status()).toBe(201);
  const { conversation } = await made.json();
  await admin.dispose();
  return conversation.uuid;
}

/** Patches it like a script would, whatever the version. */
async function patch(url: string, uuid: string, context: object, more: Wish = {}): Promise<void> {
  const admin = await adminRequests(url);
  const done = await admin.patch(`/api/conversations/${uuid}`, {
    data: { context, ...more },
    headers: { "if-match": "*" },
  });
  expect(done.status()).toBe(200);
  await admin.dispose();
}

async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

const json = (page: Page) => page.getByRole("textbox", { name: "Context as JSON" });
const save = (page: Page) => page.getByRole("button", { name: "Save context" });
const shown = (page: Page) => page.getByRole("region", { name: "Context", exact: true }).last();

test("conversations: a conversation can be created, shows its webhook URL and settings, and can be renamed and found by name", {
  tag: "@once",
}, async ({ page }) => {
  const name = `Intake ${randomUUID()}`;
  await open(page, "/conversations");
  await page.getByRole("button", { name: "Create conversation" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("combobox", { name: "Assistant" }).fill("Workshop Desk");
  await page.getByRole("option", { name: "Workshop Desk" }).click();
  await expect(page.getByText(/^ID [\da-f-]{36}$/)).toBeVisible();
  await page.getByRole("button", { name: "Create conversation" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const uuid = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(page.getByRole("main").locator("header")).toContainText(`/api/webhook/${uuid}`);
  await expect(page.getByRole("region", { name: "Server block" })).toContainText(`/api/webhook/${uuid}`);
  await expect(page.getByRole("combobox", { name: "Assistant" })).toHaveValue("Workshop Desk");

  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(`${name} renamed`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: `${name} renamed` })).toBeVisible();

  await page.getByRole("link", { name: "Back to conversations" }).click();
  await page.getByRole("searchbox").fill(name.slice(7));
  await expect(page).toHaveURL(/\?q=/);
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(1);
  await page.reload();
  await page.getByRole("link", { name: `${name} renamed` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${name} renamed` })).toBeVisible();
});

test("conversations: a name that was changed while it was edited is overwritten only after a message says so", {
  tag: "@once",
}, async ({ page, app, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  const uuid = await make(app.url, { name: "First" });
  await open(page, `/conversations/${uuid}`);
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  await patch(app.url, uuid, {}, { name: "Theirs" });
  await page.keyboard.press("Enter");
  await expect(page.getByText("It was changed in the meantime. Review and try again.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Versions" })).toContainText("changed conversation name");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Mine");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Mine" })).toBeVisible();
});

test("conversations: an assistant name typed before the names load is saved as the assistant's ID", {
  tag: "@once",
}, async ({ page }) => {
  let loadNames = () => {};
  const namesMayLoad = new Promise<void>((resolve) => {
    loadNames = resolve;
  });
  await page.route("**/api/vapi/resources", async (route) => {
    await namesMayLoad;
    await route.continue();
  });
  await open(page, "/conversations");
  const name = `Early ${randomUUID()}`;
  await page.getByRole("button", { name: "Create conversation" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("combobox", { name: "Assistant" }).fill("workshop desk");
  const created = page.waitForRequest(
    (request) => request.method() === "POST" && request.url().endsWith("/api/conversations"),
  );
  await page.getByRole("button", { name: "Create conversation" }).click();
  await expect(page.getByText("Loading names …")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Assistant" })).toHaveValue("workshop desk");
  loadNames();
  expect(JSON.stringify((await created).postDataJSON())).toMatch(/"assistantId":"[\da-f-]{36}"/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("context: the JSON editor locates errors by line and column, and editing by key keeps every value's type", async ({
  page,
  app,
}) => {
  const uuid = await make(app.url, {
    context: { plan: "gold", visits: 3, open: true, none: null, tags: ["a"] },
  });
  await open(page, `/conversations/${uuid}`);
  await page.getByRole("button", { name: "Edit context" }).click();
  const text = await json(page).inputValue();
  await json(page).fill(text.replace('"gold"', "gold"));
  await expect(page.getByText(/^Line \d+, column \d+: gold is not a value; /)).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await expect(page.getByRole("button", { name: "Keys and values" })).toBeDisabled();
  await json(page).fill(text);
  await expect(save(page)).toBeDisabled();

  await page.getByRole("button", { name: "Keys and values" }).click();
  await expect(page.getByRole("combobox", { name: "Type of visits" })).toHaveText("Number");
  await page.getByRole("textbox", { name: "Value of visits" }).fill("many");
  await expect(page.getByText('visits: "many" is not a number.')).toBeVisible();
  await page.getByRole("textbox", { name: "Value of visits" }).fill("4");
  await choose(page.getByRole("combobox", { name: "Value of open" }), "No");
  await page.getByRole("button", { name: "Remove plan" }).click();
  await page.getByRole("button", { name: "Add key" }).click();
  await page.getByRole("textbox", { name: "Key", exact: true }).last().fill("note");
  await page.getByRole("textbox", { name: "Value of note" }).fill("4");
  await save(page).click();
  await expect(page.getByText("version 2").first()).toBeVisible();
  const admin = await adminRequests(app.url);
  const { conversation } = await (await admin.get(`/api/conversations/${uuid}`)).json();
  expect(conversation.context).toEqual({ visits: 4, open: false, none: null, tags: ["a"], note: "4" });
  await admin.dispose();
});

test("context: when two pages edit at once, the second to save sees both sets of changes and can merge them", {
  tag: "@once",
}, async ({ page, browser, app }) => {
  const uuid = await make(app.url, { context: { plan: "gold", step: 1 } });
  const other = await (await browser.newContext()).newPage();
  await open(page, `/conversations/${uuid}`);
  await open(other, `/conversations/${uuid}`);
  for (const each of [page, other]) await each.getByRole("button", { name: "Edit context" }).click();
  await json(page).fill('{ "plan": "silver", "step": 1 }');
  await json(other).fill('{ "plan": "gold", "step": 2, "mine": true }');
  await save(page).click();
  await expect(shown(page)).toContainText("silver");

  const conflict = other.getByRole("region", { name: "Version conflict" });
  await expect(conflict).toContainText("Version 2 was saved while you were editing version 1.");
  await expect(conflict.getByRole("region", { name: "Their changes" })).toContainText("silver");
  await expect(conflict.getByRole("region", { name: "Your changes" })).toContainText("mine");
  await expect(json(other)).toHaveValue('{ "plan": "gold", "step": 2, "mine": true }');
  await expect(save(other)).toBeDisabled();
  await conflict.getByRole("button", { name: "Merge my edits" }).click();
  await expect(other.getByText("Both sets of changes are merged.")).toBeVisible();
  await save(other).click();
  for (const each of [page, other]) {
    await expect(shown(each)).toContainText("silver");
    await expect(shown(each)).toContainText('"mine": true');
    await expect(each.getByText("version 3").first()).toBeVisible();
  }
  await other.context().close();
});

test("context: a save based on an outdated version gets 412, shows a conflict, and keeps the edit", {
  tag: "@once",
}, async ({ page, app, consoleWatch, realtime }) => {
  consoleWatch.allow(/Failed to load resource/);
  const uuid = await make(app.url, { context: { a: 1 } });
  await open(page, `/conversations/${uuid}`);
  await page.getByRole("button", { name: "Edit context" }).click();
  await json(page).fill('{ "a": 1, "mine": true }');
  // Blocks reads until the save is rejected; otherwise a poll would fetch the new version before the click.
  let isRefused = false;
  await page.route(`**/api/conversations/${uuid}`, (route) => (isRefused ? route.continue() : route.abort()));
  await page.route(`**/api/conversations/${uuid}/context`, async (route) => {
    const response = await route.fetch();
    isRefused = response.status() === 412;
    await route.fulfill({ response });
  });
  await realtime.stop();
  await patch(app.url, uuid, { theirs: true });
  await save(page).click();
  const conflict = page.getByRole("region", { name: "Version conflict" });
  await expect(conflict).toContainText("theirs");
  expect(isRefused).toBe(true);
  await expect(json(page)).toHaveValue('{ "a": 1, "mine": true }');
});

test("context: the history shows who changed what, compares two versions, and restores an earlier one", {
  tag: "@once",
}, async ({ page, app }) => {
  const uuid = await make(app.url, { context: { plan: "gold" } });
  await patch(app.url, uuid, { plan: "silver" });
  await patch(app.url, uuid, { step: 2 });
  await open(page, `/conversations/${uuid}`);
  const versions = page.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText("Ada Admin changed step");
  await page.getByRole("button", { name: "Compare version 2" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison).toContainText('"gold"');
  await expect(comparison).toContainText('"silver"');
  await choose(comparison.getByRole("combobox", { name: "To version" }), "Version 3");
  await expect(comparison).toContainText("step");
  await versions.last().getByRole("button", { name: "Restore" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Restore" }).click();
  await expect(versions).toHaveCount(4);
  await expect(versions.first()).toContainText("Ada Admin restored version 1");
  await expect(shown(page)).toContainText('"gold"');
  await expect(shown(page)).not.toContainText("step");
});

test("context: a change appears without a reload on open call and conversation pages, and a new call on the latter", {
  tag: "@once",
}, async ({ page, browser, app, postEvent }) => {
  const uuid = await make(app.url, { name: "Changes at once", context: { step: "begun" } });
  await open(page, `/conversations/${uuid}`);
  const caller = createCaller((_, message) => postEvent(uuid, message));
  await caller.begins();
  await expect(page.getByRole("list", { name: "Calls" }).getByRole("link")).toHaveCount(1);
  const callPage = await (await browser.newContext()).newPage();
  await open(callPage, `/calls/${caller.callId}?tab=context`);
  await expect(shown(callPage)).toContainText("begun");
  await patch(app.url, uuid, { step: "booked" });
  await expect(shown(callPage)).toContainText("booked");
  await expect(shown(page)).toContainText("booked");

  await callPage.getByRole("button", { name: "Edit context" }).click();
  await json(callPage).fill('{ "step": "changed on the call page" }');
  await save(callPage).click();
  await expect(shown(page)).toContainText("changed on the call page");
  await callPage.getByRole("link", { name: "Changes at once" }).click();
  await expect(callPage).toHaveURL(new RegExp(`/conversations/${uuid}`));
  await callPage.context().close();
});

test("conversations: a viewer sees a conversation without phone numbers and has no buttons to change it", {
  tag: "@once",
}, async ({ browser, app }) => {
  const uuid = await make(app.url, {
    name: "Call +15550100199",
    context: { phone: "+15550100199", step: 7 },
  });
  const { cookie } = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await context.setExtraHTTPHeaders({ cookie });
  const page = await context.newPage();
  await page.goto(`/conversations/${uuid}`);
  await expect(shown(page)).toContainText('"step": 7');
  await expect(page.locator("body")).not.toContainText("5550100199");
  for (const name of ["Edit context", "Rename", "Delete", "Restore", "Save assistant"])
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await page.goto("/conversations");
  await expect(page.getByRole("button", { name: "Create conversation" })).toHaveCount(0);
  await context.close();
});

test("conversations: deleting a conversation warns that its calls are deleted and requires typing their count", {
  tag: "@once",
}, async ({ page, app, postEvent, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  const uuid = await make(app.url, { name: "To go" });
  const caller = createCaller((_, message) => postEvent(uuid, message));
  await caller.begins();
  await caller.ends("customer-ended-call");
  await open(page, `/conversations/${uuid}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("all of its calls are deleted");
  const really = dialog.getByRole("button", { name: "Delete conversation" });
  await expect(really).toBeDisabled();
  await dialog.getByRole("textbox").fill("delete 1 call");
  await really.click();
  await expect(page).toHaveURL(/\/conversations$/);
  const gone = await page.goto(`/conversations/${uuid}`);
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Conversation not found" })).toBeVisible();
});

test("conversations: one without a name is listed with its newest caller", { tag: "@once" }, async ({
  page,
  app,
  postEvent,
}) => {
  const uuid = await make(app.url);
  const caller = createCaller((_, message) => postEvent(uuid, message));
  await caller.begins();
  await open(page, `/conversations?q=${uuid}`);
  await expect(page.getByRole("table").getByRole("link")).toContainText(
    `Unnamed · ${formatPhoneNumber(caller.number)}`,
  );
});

test("conversations: a list of 1,000 can be scrolled to its end while fewer than 80 rows are rendered", {
  tag: "@once",
}, async ({ page, app }) => {
  const mark = randomUUID().slice(0, 8);
  const sql = postgres(app.databaseUrl, { max: 1 });
  await sql`insert into conversations (id, name, created_at)
    select gen_random_uuid(), ${`${mark} `} || n, now() - n * interval '1 minute' from generate_series(1, 1000) n`;
  await open(page, `/conversations?q=${mark}`);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.filter({ hasText: `${mark} 1` }).first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  const last = rows.filter({ hasText: `${mark} 1000` });
  await expect(async () => {
    await page.getByRole("table").evaluate((table) => table.parentElement?.scrollTo(0, table.scrollHeight));
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await rows.count()).toBeLessThan(80);
  await sql`delete from conversations where name like ${`${mark} %`}`;
  await sql.end();
});

test("palette: a conversation can be found by name and opened", { tag: "@once" }, async ({ page, app }) => {
  const name = `Palette ${randomUUID()}`;
  const uuid = await make(app.url, { name });
  await open(page, "/");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Search calls/ }).fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).waitFor();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(uuid));
});

test("conversations: the empty list, the list and a page with long content and a conflict are accessible in both themes", async ({
  page,
  app,
}) => {
  const long = "A very long name that somebody has given to a conversation ".repeat(3).trim();
  const uuid = await make(app.url, {
    name: long,
    context: { text: "x".repeat(600), nested: { a: [1, { b: 2 }] } },
  });
  await open(page, "/conversations?q=nothing-of-that-name");
  await expect(page.getByText("No conversations match")).toBeVisible();
  await expectAccessible(page);
  await open(page, "/conversations");
  await expectAccessible(page);
  await open(page, `/conversations/${uuid}`);
  await page.getByRole("button", { name: "Edit context" }).click();
  await json(page).fill('{ "mine": 1 }');
  await patch(app.url, uuid, { theirs: 2 });
  await expect(page.getByRole("region", { name: "Version conflict" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keys and values" }).click();
  await page.getByRole("button", { name: "Compare version 2" }).click();
  await expectAccessible(page);
});
