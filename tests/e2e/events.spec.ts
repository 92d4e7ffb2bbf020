import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

const rows = (page: Page) => page.getByRole("table", { name: "Events" }).locator("tbody tr");
const rowOf = (page: Page, type: string) => rows(page).filter({ hasText: type });
const sidePanel = (page: Page) => page.getByRole("complementary", { name: "Event details" });

/** An unknown type, so that a test finds its own events. */
const ownType = () => `made.${randomUUID().slice(0, 8)}`;

async function openLog(page: Page, query = "") {
  await page.goto(`/events${query}`);
  await expect(page.getByRole("heading", { name: "Events", exact: true })).toBeAttached();
}

test("event log: a new event appears on top without a reload, with its outcome and response time", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await openLog(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await expect(rows(page).first()).toContainText("status-update");
  await caller.asksTool("echo");
  await expect(rows(page).first()).toContainText("tool-calls");
  await expect(rows(page).first()).toContainText("recorded");
  await expect(rows(page).first()).toContainText("ms");
});

test("event log: while the pointer is over the list, rows stay in place and new events wait behind a button", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const [first, second] = [ownType(), ownType()];
  await postEvent(randomUUID(), { type: first });
  await openLog(page);
  await rowOf(page, first).hover();
  await postEvent(randomUUID(), { type: second });
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(rows(page).first()).toContainText(first);
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(rows(page).first()).toContainText(second);
});

test("event log: after a pause by button, its key resumes the log and shows the event received since", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const type = ownType();
  await openLog(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await postEvent(randomUUID(), { type });
  await page.keyboard.press("p");
  await expect(rowOf(page, type)).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("event log: a filter is in the URL, and opening that URL applies it", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.hangs();
  await openLog(page, `?callId=${caller.callId}`);
  await expect(rows(page)).toHaveCount(2);
  const type = page.getByLabel("Search by type");
  await type.fill("no-such-type");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/type=no-such-type/);
  await expect(rows(page)).toHaveCount(0);
  // A known type applies while it is typed, and typing can go on.
  await type.fill("hang");
  await expect(page).toHaveURL(/type=hang/);
  await expect(rows(page)).toHaveCount(1);
  await expect(type).toBeFocused();
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Malformed" }).click();
  await expect(page.locator('[data-chip="outcome"]')).toHaveText("Outcome:Malformed");
  await expect(page.getByText("No events match")).toBeVisible();
  await page.getByRole("button", { name: /^Remove filter Outcome/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.locator('[data-chip="callId"]').getByRole("button").first().click();
  await page.getByRole("textbox", { name: "Call ID" }).fill("no-such-call");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/callId=no-such-call/);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/events$/);
  await expect(type).toHaveValue("");
});

test("event log: an event delivered twice is marked as a duplicate", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const [type, conversation] = [ownType(), randomUUID()];
  const message = { type, timestamp: Date.now() };
  await postEvent(conversation, message);
  await postEvent(conversation, message);
  await openLog(page, "?outcome=duplicate");
  await expect(rowOf(page, type)).toContainText("1×");
});

test("event log: a malformed event shows its errors, and its message is shown and copied with secrets redacted", async ({
  page,
  context,
  postEvent,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const conversation = randomUUID();
  await postEvent(conversation, { type: "status-update", status: 7, apiKey: "very-secret-indeed" });
  await openLog(page, `?conversation=${conversation}`);
  await expect(rowOf(page, "status-update")).toContainText("malformed");
  await rowOf(page, "status-update").getByRole("button").click();
  await expect(page).toHaveURL(/event=/);
  await expect(sidePanel(page).getByRole("region", { name: "Errors" })).toContainText("status: ");
  await expect(sidePanel(page).getByRole("region", { name: "Message as JSON" })).toContainText("[redacted]");
  await sidePanel(page).getByRole("button", { name: "Copy message" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toEqual({ type: "status-update", status: 7, apiKey: "[redacted]" });
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sidePanel(page)).toHaveCount(0);
});

test("event log: an event or its whole call can be replayed, and the result is shown", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.hangs();
  await openLog(page, `?callId=${caller.callId}`);
  await rowOf(page, "hang").getByRole("button").click();
  await sidePanel(page).getByRole("button", { name: "Replay this event" }).click();
  const results = sidePanel(page).getByRole("list", { name: "Result" });
  await expect(results).toContainText("1× linked to its call again");
  await sidePanel(page).getByRole("button", { name: "Replay whole call" }).click();
  await expect(results).toContainText("2× linked to its call again");
});

test("event log: a call can be downloaded as JSON Lines, one line per event", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.says("user", "Hello.");
  await openLog(page, `?callId=${caller.callId}`);
  await rowOf(page, "transcript").getByRole("button").click();
  const coming = page.waitForEvent("download");
  await sidePanel(page).getByRole("link", { name: "Download call" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(`call-${caller.callId}.jsonl`);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line).message.type)).toEqual(["status-update", "transcript"]);
});

test("event log: the keyboard alone selects an event, opens and closes its details, and focuses the search", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.hangs();
  await openLog(page, `?callId=${caller.callId}`);
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rowOf(page, "status-update").getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sidePanel(page)).toContainText("Delivery");
  await page.keyboard.press("Escape");
  await expect(sidePanel(page)).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search by type")).toBeFocused();
});

test("event log: a list of 1,000 events can be scrolled to its end while fewer than 80 rows are rendered", {
  tag: "@once",
}, async ({ page, app }) => {
  const [conversation, type] = [randomUUID(), ownType()];
  await ask(
    app.databaseUrl,
    (sql) => sql`
      insert into events (key, conversation_id, type, outcome, at, received_at, bytes, message)
      select gen_random_uuid(), ${conversation}, ${type}, 'unknown', now(), now() - n * interval '1 millisecond', 900, '{}'
      from generate_series(1, 1000) n
    `,
  );
  await openLog(page, `?conversation=${conversation}`);
  const table = page.getByRole("table", { name: "Events" });
  await expect(rows(page).first()).toContainText(type);
  await expect(async () => {
    await table.evaluate((element) => element.parentElement?.scrollTo({ top: element.scrollHeight }));
    await expect(table).toHaveAttribute("aria-rowcount", "1001", { timeout: 500 });
  }).toPass();
  expect(await rows(page).count()).toBeLessThan(80);
});

test("event log: the page is accessible in both themes", async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.asksTool("echo");
  await postEvent(randomUUID(), { type: "status-update", status: 7 });
  await openLog(page);
  await expect(rows(page).first()).toBeVisible();
  await expectAccessible(page);
});

test("health: the page shows response times, states and jobs, and is accessible in both themes", async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.asksTool("echo");
  await page.goto("/settings/health");
  const tools = page.getByRole("row").filter({ hasText: "tool-calls" });
  await expect(tools).toContainText("Vapi waits");
  await expect(tools).toContainText("ms");
  await expect(page.getByRole("list", { name: "States" })).toContainText("Responds in");
  await expect(page.getByRole("list", { name: "Jobs" })).toContainText("retention");
  await choose(page.getByLabel("Period"), "Last day");
  await expect(page.getByRole("list", { name: "States" })).toContainText("over the last day");
  await expectAccessible(page);
});
