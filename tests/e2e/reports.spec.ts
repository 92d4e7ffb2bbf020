import { readFileSync } from "node:fs";
import { expect, test } from "@/tests/support/e2e";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { adminRequests, inviteNewcomer } from "@/tests/support/e2e/newcomer";

type PostEvent = Parameters<typeof createCaller>[0];

async function hadCall(
  postEvent: PostEvent,
  words: string,
  summary: string,
  assistant?: string,
): Promise<Caller> {
  const caller = createCaller(postEvent, assistant);
  await caller.begins();
  await caller.says("assistant", "Good morning, how can I help you?");
  await caller.says("user", words);
  await caller.ends("customer-ended-call");
  await caller.reports("customer-ended-call", summary);
  return caller;
}

const row = (page: import("@playwright/test").Page, caller: Caller) =>
  page.locator(`tr[data-call="${caller.callId}"]`);

test("reports: a call can be found by words of its transcript, and the search is in the URL", async ({
  page,
  postEvent,
}) => {
  const parcel = await hadCall(postEvent, "My parcel with the violet ribbon is lost.", "A parcel is lost.");
  const invoice = await hadCall(postEvent, "I was charged twice on my invoice.", "Charged twice.", "Billing");
  await page.goto("/reports");
  await expect(page.getByRole("status").filter({ hasText: "2 calls" })).toBeVisible();
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await page.keyboard.press("/");
  await page.keyboard.type("parcels ");
  await expect(page).toHaveURL(/q=parcels/);
  // The space stays while the next word is still to come.
  await page.keyboard.type('"violet ribbon"');
  await expect(page.getByLabel("Search reports")).toHaveValue('parcels "violet ribbon"');
  await expect(row(page, invoice)).toHaveCount(0);
  await expect(row(page, parcel).locator("mark")).toHaveText(["parcel", "parcel", "violet", "ribbon"]);
  await expect(page).toHaveURL(/q=parcels/);
  await expectAccessible(page);
  await page.reload();
  await expect(row(page, parcel)).toBeVisible();
  await expect(row(page, invoice)).toHaveCount(0);

  await page.getByLabel("Search reports").fill("nobody said this");
  await expect(page.getByText("No calls match")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: "Assistant" }).click();
  await page.getByRole("option", { name: "Billing" }).click();
  await expect(row(page, parcel)).toHaveCount(0);
  await expect(row(page, invoice)).toBeVisible();
});

test("reports: words typed a moment before the filters are cleared do not come back", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const call = await hadCall(postEvent, "I am the only call.", "The only.");
  await page.clock.install();
  await page.goto("/reports");
  await expect(row(page, call)).toBeVisible();
  await page.goto("/reports?score=5");
  await expect(page.getByText("No calls match")).toBeVisible();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByLabel("Search reports").pressSequentially("nobody");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.clock.runFor(1_000);
  await page.clock.resume();
  await expect(row(page, call)).toBeVisible();
  await expect(page.getByLabel("Search reports")).toHaveValue("");
});

test("reports: the keyboard alone moves through the list, selects a call and opens it", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const older = await hadCall(postEvent, "I am the older call.", "The older.");
  const newer = await hadCall(postEvent, "I am the newer call.", "The newer.");
  await page.goto("/reports");
  // Keyboard shortcuts work once the page is hydrated.
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await page.keyboard.press("j");
  await expect(row(page, newer).getByRole("link")).toBeFocused();
  await page.keyboard.press("j");
  await expect(row(page, older).getByRole("link")).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 selected")).toBeHidden();
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/calls/${newer.callId}`);
});

test("reports: a call can be tagged, found by tag, exported, and deleted after its count is typed", async ({
  page,
  postEvent,
}) => {
  const kept = await hadCall(postEvent, "Keep me.", "To keep.");
  const gone = await hadCall(postEvent, "Forget me.", "To forget.");
  await page.goto("/reports");
  await row(page, gone).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Tag" }).click();
  await page.getByLabel("Add").fill("Urgent, to delete");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Tag" }).click();
  await page.goto("/reports?tag=urgent");
  await expect(row(page, gone)).toContainText("to delete");
  await expect(row(page, kept)).toHaveCount(0);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the matching calls" }).click();
  await page.getByRole("menuitem", { name: "As JSON lines", exact: true }).click();
  const file = readFileSync(await (await downloading).path(), "utf8");
  expect(
    file
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  ).toEqual([gone.callId]);
  await expect(page.getByText("The export is in your downloads")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();

  await row(page, gone).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByLabel("To confirm, type: delete 1 call").fill("delete 1 call");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByText("No calls match")).toBeVisible();
  await page.goto("/reports");
  await expect(row(page, kept)).toBeVisible();
  await expect(row(page, gone)).toHaveCount(0);
});

test("reports: Select all covers matching calls that are not yet loaded, except those deselected", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const callers = Array.from({ length: 205 }, () => createCaller(postEvent));
  await Promise.all(callers.map((caller) => caller.reports("customer-ended-call", "One of many.")));
  await page.goto("/reports");
  await expect(page.getByRole("status").filter({ hasText: "205 calls" })).toBeVisible();
  const chosen = page.getByRole("region", { name: "Selected calls" });
  await page.getByLabel("Select all loaded calls").check();
  await expect(chosen).toContainText("50 selected");
  await chosen.getByRole("button", { name: "Select all 205 that match" }).click();
  await expect(chosen).toContainText("205 selected");
  await expectAccessible(page);
  await chosen.getByRole("button", { name: "Tag" }).click();
  await page.getByLabel("Add").fill("many");
  await page.getByRole("dialog").getByRole("button", { name: "Tag" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto("/reports?tag=many");
  await expect(page.getByRole("status").filter({ hasText: "205 calls" })).toBeVisible();
  await page.locator("tr[data-call]").first().getByRole("checkbox").check();
  await chosen.getByRole("button", { name: "Select all 205 that match" }).click();
  await expect(chosen).toContainText("205 selected");
  await page.locator("tr[data-call]").nth(1).getByRole("checkbox").uncheck();
  await expect(chosen).toContainText("204 selected");
  await chosen.getByRole("button", { name: "Delete" }).click();
  await page.getByLabel("To confirm, type: delete 204 calls").fill("delete 204 calls");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^1 call$/ })).toBeVisible();
  await expect(page.locator("tr[data-call]")).toHaveCount(1);
});

test("reports: a saved filter and hidden columns are kept when the page is opened again", async ({
  page,
  postEvent,
}) => {
  const caller = await hadCall(postEvent, "Look at me.", "Looked at.");
  await page.goto("/reports?success=yes");
  await page.getByRole("button", { name: "Saved filters" }).click();
  await page.getByRole("menuitem", { name: "Save filter…" }).click();
  await page.getByLabel("Name").fill("Only successes");
  await page.getByLabel("Share with team").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Columns" }).click();
  const kept = page.waitForResponse("/api/reports/columns");
  await page.getByRole("menuitemcheckbox", { name: "Cost" }).click();
  expect((await kept).status()).toBe(204);
  await page.keyboard.press("Escape");
  await expect(row(page, caller)).not.toContainText("$0.12");

  await page.goto("/reports");
  await expect(row(page, caller)).not.toContainText("$0.12");
  await page.getByRole("button", { name: "Saved filters" }).click();
  await page
    .getByRole("menuitem", { name: /Only successes/ })
    .first()
    .click();
  await expect(page).toHaveURL("/reports?success=yes");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Cost" }).click();
  await expect(row(page, caller)).toContainText("$0.12");
});

test("reports: a score and tag given on a call's page appear in the list, and a note on the page", {
  tag: "@once",
}, async ({ page, app, postEvent, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  const caller = await hadCall(postEvent, "Judge me.", "Judged.");
  await page.goto(`/calls/${caller.callId}`);
  await page.getByRole("button", { name: "Score 4 of 5" }).click();
  await expect(page.getByText("4 of 5", { exact: true })).toBeVisible();
  await page.getByLabel("New tag").fill("good example");
  await page.keyboard.press("Enter");
  const tags = page.getByRole("list", { name: "Tags" });
  await expect(tags).toContainText("good example");
  await expect(page.getByLabel("New tag")).toHaveValue("");

  // Another person's tag, which this page has not seen yet.
  const admin = await adminRequests(app.url);
  await admin.post("/api/reports/tags", { data: { ids: [caller.callId], add: ["training"] } });
  await admin.dispose();
  await page.route("**/api/reports/tags", (route) => route.abort());
  await page.getByLabel("New tag").fill("calm");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Earshot cannot be reached.")).toBeVisible();
  await expect(page.getByLabel("New tag")).toHaveValue("calm");
  await page.unroute("**/api/reports/tags");
  await page.keyboard.press("Enter");
  await expect(tags.getByRole("listitem")).toHaveText(["calm", "good example", "training"]);
  await page.getByRole("button", { name: "Remove tag calm" }).click();
  await expect(tags.getByRole("listitem")).toHaveText(["good example", "training"]);

  await page.getByLabel("New note").fill("Played to new colleagues.");
  await page.getByRole("button", { name: "Save note" }).dblclick();
  await expect(page.getByRole("list", { name: "Notes" }).getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("list", { name: "Notes" }).getByRole("listitem")).toContainText([
    "Played to new colleagues.",
  ]);
  await expectAccessible(page);
  await page.goto("/reports?score=4,5");
  await expect(row(page, caller)).toContainText("4 / 5");
  await expect(row(page, caller)).toContainText("good example");
});

test("reports: a viewer sees a call without the caller's number and gets only two actions for selected calls", {
  tag: "@once",
}, async ({ app, browser, postEvent, consoleWatch }) => {
  const caller = await hadCall(postEvent, "Nobody knows me.", "Unknown.");
  const viewer = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({
    baseURL: app.url,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie: viewer.cookie },
  });
  await consoleWatch.watch(context);
  const page = await context.newPage();
  await page.goto("/reports");
  await expect(row(page, caller)).toBeVisible();
  expect(await page.content()).not.toContain(caller.number.slice(-7));
  await row(page, caller).getByRole("checkbox").check();
  await expect(page.getByRole("region", { name: "Selected calls" }).getByRole("button")).toHaveCount(2);
  await context.close();
});
