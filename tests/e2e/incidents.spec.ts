import type { Page } from "@playwright/test";
import postgres from "postgres";
import { formatPhoneNumber } from "@/lib/format";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { openAs } from "@/tests/support/e2e/newcomer";

type PostEvent = Parameters<typeof createCaller>[0];

/** Calls whose voice fails, all at once. */
async function failCalls(postEvent: PostEvent, count: number, assistantName = "Front desk") {
  const callers = Array.from({ length: count }, () => createCaller(postEvent, assistantName));
  await inWaves(callers, 10, async (caller) => {
    await caller.begins();
    await caller.ends("call.in-progress.error-providerfault-cartesia-503-server-error");
  });
  return callers;
}

const line = (page: Page) => page.getByRole("list", { name: "Open incidents" }).getByRole("listitem");
const activity = (page: Page) => page.getByRole("list", { name: "Activity" });

async function openIncident(page: Page, callCount: number): Promise<void> {
  await page.goto("/");
  await line(page)
    .getByRole("link", { name: new RegExp(`· ${callCount} calls`) })
    .click();
  await expect(page).toHaveURL(/\/incidents\//);
  await expect(page.getByRole("heading", { level: 1, name: /^Incident: / })).toBeVisible();
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

test("incidents: new calls and one person's actions, from acknowledging to resolving, appear for another without a reload", {
  tag: "@once",
}, async ({ page, browser, postEvent, app, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  await failCalls(postEvent, 5);
  await openIncident(page, 5);
  const other = await openAs(browser, app.url, "operator");
  await other.goto(page.url());
  await expect(other.getByTestId("connection")).toHaveAttribute("data-status", "connected");

  await failCalls(postEvent, 1);
  for (const each of [page, other]) {
    await expect(each.getByRole("list", { name: "Affected calls" }).getByRole("listitem")).toHaveCount(6);
    await expect(each.getByRole("region", { name: "Evidence" })).toContainText("6 of 6");
  }
  await other.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Acknowledged by New operator")).toBeVisible();
  await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
  await page.getByRole("button", { name: /^Assign/ }).click();
  await page.getByRole("menuitem", { name: "Assign to me" }).click();
  await expect(other.getByText("assigned to Ada Admin")).toBeVisible();
  // A note that does not reach the server is taken off the page again.
  await page.route("**/api/incidents/**", (route) => route.abort());
  await page.getByRole("button", { name: "Note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Asked the provider.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("Nothing was changed. Try again.")).toBeVisible();
  await expect(activity(page)).not.toContainText("Asked the provider.");
  await page.unroute("**/api/incidents/**");
  await other.getByRole("button", { name: "Note" }).click();
  await other.getByRole("textbox", { name: "Note" }).fill("Cartesia is looking into it.");
  await other.getByRole("button", { name: "Save note" }).click();
  await expect(activity(page)).toContainText("Cartesia is looking into it.");
  await page.getByRole("button", { name: "Resolve" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Switched the voice.");
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await expect(other.getByText("Resolved by Ada Admin")).toBeVisible();
  await expect(activity(other)).toContainText("Switched the voice.");
  await expect(activity(other).getByRole("listitem")).toHaveCount(4);
  await expect(other.getByRole("button", { name: "Resolve" })).toHaveCount(0);
  await expect(other.getByRole("link", { name: "Download as JSON" })).toBeVisible();
  await expectAccessible(other);
  await page.goto("/");
  await expect(line(page)).toHaveCount(0);
  await other.context().close();
});

test("incidents: a viewer sees the affected calls without the caller's number and has no action buttons", {
  tag: "@once",
}, async ({ page, browser, postEvent, app }) => {
  const [caller] = await failCalls(postEvent, 5);
  const number = formatPhoneNumber(caller?.number ?? "");
  await openIncident(page, 5);
  await expect(page.getByText(number)).toBeVisible();
  const viewer = await openAs(browser, app.url, "viewer");
  await viewer.goto(page.url());
  await expect(viewer.getByRole("list", { name: "Affected calls" }).getByRole("listitem")).toHaveCount(5);
  await expect(viewer.getByText(number)).toHaveCount(0);
  for (const name of [/^Acknowledge/, /^Assign/, /^Snooze/, /^Resolve/, /^Note/]) {
    await expect(viewer.getByRole("button", { name })).toHaveCount(0);
  }
  await viewer.context().close();
});

test("incidents: 200 calls, long names and notes in other scripts fit the page in both themes", async ({
  page,
  postEvent,
}, { project }) => {
  await failCalls(postEvent, 200, `${"Donaudampfschifffahrt".repeat(3)} الاستقبال`);
  await openIncident(page, 200);
  for (const text of [`${"Lieferverzögerung".repeat(8)}`, "اتصلت بالمزوّد، ينتظر الرد.\nسأعود خلال ساعة."]) {
    await page.getByRole("button", { name: "Note" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill(text);
    await page.getByRole("button", { name: "Save note" }).click();
    await expect(activity(page)).toContainText(text.slice(0, 12));
  }
  await expect(page.getByRole("list", { name: "Affected calls" }).getByRole("listitem")).toHaveCount(200);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
    }, colorScheme);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/incident-${project.name}-${colorScheme}.png` });
  }
});

const pastOn = (page: Page) => page.getByRole("region", { name: "Past incidents" });

/** Saves a number of recovered incidents, one per minute from an hour ago backwards, of tools with long names. */
async function savePast(sql: postgres.Sql, count: number): Promise<void> {
  const evidence = { with: { failed: 41, total: 44 }, without: { failed: 3, total: 63 } };
  const cause = { kind: "tool", evidence };
  // Each has a call, because an incident without calls is deleted.
  await sql`
    with conversation as (insert into conversations (id) values (gen_random_uuid()) returning id), call as (
      insert into calls (id, conversation_id, status, status_rank, created_at, ended_at, last_event_at)
      select gen_random_uuid(), id, 'ended', 1, now(), now(), now() from conversation
      returning id
    ), made as (
      insert into incidents (cause, outcome, call_count, failed_count, since, opened_at, last_at, closed_at)
      select ${sql.json(cause)}::jsonb || jsonb_build_object('value', name, 'label', name), 'recovered', 41, 41, at, at, at,
        at + interval '754 seconds'
      from (
        select now() - n * interval '1 minute' - interval '1 hour' as at, n || ' ' || repeat('lookUpAppointment', 12) as name
        from generate_series(1, ${count}::int) n
      ) named
      returning id, opened_at
    )
    insert into incident_members (incident_id, signal_id, call_id, kind, at)
    select made.id, call.id || ' tool', call.id, 'tool', made.opened_at from made, call`;
}

test("past incidents: a resolved incident appears on Alerts without a reload and links to its page", {
  tag: "@once",
}, async ({ page, browser, postEvent, app }) => {
  const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`delete from incidents`;
  const other = await openAs(browser, app.url, "viewer");
  await other.goto("/alerts");
  await expect(other.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await expect(pastOn(other)).toContainText("No past incidents.");
  await failCalls(postEvent, 5);
  await openIncident(page, 5);
  await page.getByRole("button", { name: "Resolve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  const row = pastOn(other).getByRole("listitem");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("5 calls");
  await expect(row).toContainText("5 of 5 calls affected");
  await expect(row).toContainText("Resolved by Ada Admin");
  await expect(row).toContainText(/Lasted 0:\d\d/);
  await row.getByRole("link").click();
  await expect(other).toHaveURL(page.url());
  await other.context().close();
  await sql`delete from incidents`;
  await sql.end();
});

test(
  "past incidents: long names fit in both themes, and older incidents load page by page, even after a failed request",
  { tag: "@once" },
  async ({ page, app, consoleWatch }, { project }) => {
    const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
    await sql`delete from incidents`;
    await savePast(sql, 25);
    await page.goto("/alerts");
    const rows = pastOn(page).getByRole("listitem");
    await expect(rows).toHaveCount(10);
    await expect(rows.first()).toContainText("Tool 1 lookUpAppointment");
    await expect(rows.first()).toContainText("Recovered");
    await expect(rows.first()).toContainText("Lasted 12:34");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.evaluate((theme) => {
        document.documentElement.dataset.theme = theme;
      }, colorScheme);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.screenshot({ path: `test-results/past-incidents-${project.name}-${colorScheme}.png` });
    }
    consoleWatch.allow(/ERR_FAILED/);
    await page.route("**/api/incidents?state=past*cursor*", (route) => route.abort());
    const older = pastOn(page).getByRole("button", { name: "Show older incidents" });
    await older.click();
    await expect(pastOn(page).getByRole("alert")).toContainText("This list may be out of date", {
      // Allows for the query's retries.
      timeout: 20_000,
    });
    await expect(rows).toHaveCount(10);
    await page.unroute("**/api/incidents?state=past*cursor*");
    await older.click();
    await expect(rows).toHaveCount(20);
    await older.click();
    await expect(rows).toHaveCount(25);
    await expect(older).toHaveCount(0);
    await expect(pastOn(page).getByRole("alert")).toHaveCount(0);
    await sql`delete from incidents`;
    await sql.end();
  },
);
