import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";

type PostEvent = Parameters<typeof createCaller>[0];

/** A call that may hang, is answered, and ends with its report. */
async function call(postEvent: PostEvent, assistant: string, { hangs = false } = {}) {
  const caller = createCaller(postEvent, assistant);
  await caller.begins();
  await caller.starts("user");
  await caller.stops("user");
  if (hangs) await caller.hangs();
  await caller.starts("assistant");
  await caller.stops("assistant");
  await caller.ends("customer-ended-call");
  await caller.reports("customer-ended-call", "They asked for an appointment.");
}

async function versionCall(postEvent: PostEvent, version: string) {
  const caller = createCaller(postEvent, "Booking line", { version });
  await caller.begins();
  await caller.ends("customer-ended-call");
  await caller.reports("customer-ended-call", "They asked for an appointment.");
}

const figure = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "Figures" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });

test("analytics: the figures summarize the calls, and hang rate and end reasons link to the matching reports", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await call(postEvent, "Booking line", { hangs: true });
  await call(postEvent, "Intake");
  await page.goto("/analytics?zone=Europe/Berlin");
  await expect(figure(page, "Calls")).toContainText("2");
  await expect(figure(page, "Hang rate")).toContainText("50.0 %");
  await expect(figure(page, "Containment")).toContainText("100.0 %");
  await expect(figure(page, "Cost")).toContainText("$0.24");
  await expect(figure(page, "Cost")).toContainText("No calls before");
  const hangs = figure(page, "Hang rate").getByRole("link");
  await expect(hangs).toHaveAttribute("href", /^\/reports\?from=.*&to=.*&zone=Europe%2FBerlin&hang=yes$/);
  const reasons = page.getByRole("table", { name: "Calls by end reason" });
  await expect(reasons.getByRole("row", { name: "The caller hung up 2" })).toBeVisible();
  await expect(reasons.getByRole("link", { name: "Ended well" })).toHaveAttribute(
    "href",
    /&group=ended-well$/,
  );
});

test("analytics: the chart over time has a table for screen readers, and its figure and period are in the URL", async ({
  page,
  postEvent,
}) => {
  await call(postEvent, "Booking line");
  await page.goto("/analytics");
  const card = page.getByRole("region", { name: "Over time" }).first();
  await choose(card.getByLabel("Figure over time"), "Minutes");
  await expect(page).toHaveURL(/metric=minutes/);
  await expect(card.locator(".recharts-line-curve").first()).toBeAttached();
  // While the chart is shown, the table is for screen readers only, so it has no invisible links.
  const table = card.getByRole("table", { name: "Figures over time" });
  await expect(table.getByRole("row")).toHaveCount(8);
  await expect(table.getByRole("link")).toHaveCount(0);
  await card.getByRole("button", { name: "Show table" }).click();
  await expect(table.getByRole("link")).toHaveCount(7);
  await card.getByRole("button", { name: "Show chart" }).click();
  await page.getByRole("button", { name: "Period: Last 7 days" }).click();
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await expect(page).toHaveURL(/period=today/);
  // Hours instead of days; their number depends on the time of day.
  await expect(table.getByRole("rowheader").first()).toHaveText(/^\w{3} 00:00$/);
});

test("analytics: filtering by one assistant limits the figures, keeps the others in the table, and survives a reload", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await call(postEvent, "Booking line");
  await call(postEvent, "Intake", { hangs: true });
  await page.goto("/analytics");
  const assistants = page.getByRole("table", { name: "Assistants" });
  await assistants.getByRole("button", { name: "Only this: Intake" }).click();
  await expect(figure(page, "Calls")).toContainText("1");
  await expect(figure(page, "Hang rate")).toContainText("100.0 %");
  await expect(assistants.getByRole("row")).toHaveCount(3);
  await expect(page).toHaveURL(/assistant=assistant-Intake/);
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Assistant" })).toHaveText("Intake");
  await assistants.getByRole("button", { name: "Show all, not only Intake" }).click();
  await expect(figure(page, "Calls")).toContainText("2");
});

test("analytics: each version has a row that can be sorted, compared with another, and opened as reports", async ({
  page,
  postEvent,
}) => {
  for (const version of ["v1", "v2", "v2"]) await versionCall(postEvent, version);
  await page.goto("/analytics");
  const versions = page.getByRole("table", { name: "Versions" });
  await expect(versions.getByRole("link")).toHaveText(["Booking line · v2", "Booking line · v1"]);
  await versions.getByRole("button", { name: "Calls" }).click();
  await expect(versions.getByRole("link")).toHaveText(["Booking line · v1", "Booking line · v2"]);
  await expect(versions.getByRole("columnheader", { name: "Calls" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await versions.getByLabel("Compare Booking line · v1").check();
  await versions.getByLabel("Compare Booking line · v2").check();
  await expect(versions).toContainText("Booking line · v2 compared with Booking line · v1");
  await expect(page.getByRole("list", { name: "Legend" })).toContainText("Booking line · v2");
  await versions.getByRole("link", { name: "Booking line · v2" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 calls" })).toBeVisible();
  await expect(page.locator('[data-chip="version"]')).toHaveText("Version:v2");
});

test("analytics: response times are shown by stage, and provider rows can be sorted and compared", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  for (const [provider, modelLatency] of [
    ["openai", 300],
    ["anthropic", 900],
    ["openai", 310],
  ] as const) {
    const caller = createCaller(postEvent, "Booking line");
    await caller.begins();
    await caller.ends("customer-ended-call");
    await caller.reports("customer-ended-call", "They asked for an appointment.", {
      costs: [{ type: "model", cost: 0.02, model: { provider, model: "large" } }],
      artifact: {
        performanceMetrics: {
          turnLatencies: [{ modelLatency, turnLatency: 1_200 }],
          turnLatencyAverage: 1_200,
        },
      },
    });
  }
  await page.goto("/analytics");
  const stages = page.getByRole("table", { name: "Response time by stage" });
  await expect(stages.getByRole("row", { name: /^Model/ })).toContainText("313 ms");
  await choose(page.getByLabel("Stage over time"), "Voice");
  await expect(page).toHaveURL(/stage=voice/);
  const providers = page.getByRole("table", { name: "Providers", exact: true });
  await expect(providers.getByRole("rowheader").nth(0)).toContainText("OpenAI");
  await providers.getByRole("button", { name: "p95" }).click();
  await expect(providers.getByRole("rowheader").nth(0)).toContainText("Anthropic");
  await providers.getByLabel("Compare OpenAI").check();
  await providers.getByLabel("Compare Anthropic").check();
  await expect(providers).toContainText("Anthropic compared with OpenAI");
  await expectAccessible(page);
});

test(
  "analytics: in the table by hour, only hours with calls have a link, and the link is large enough to click",
  { tag: "@once" },
  async ({ page, postEvent }, info) => {
    await call(postEvent, "Booking line");
    await page.goto("/analytics");
    const hours = page.getByRole("table", { name: "Calls by hour of the day and weekday" });
    const box = await hours.getByRole("link").first().boundingBox();
    const least = info.project.name === "phone" ? 44 : 24;
    expect(box?.width ?? 0).toBeGreaterThanOrEqual(24);
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(least);
    await expect(hours.getByRole("link")).toHaveCount(1);
  },
);

test("analytics: a period without calls says so, and an invalid period or time zone shows an error", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/analytics");
  await expect(page.getByText("No calls ended in this period")).toBeVisible();
  await page.goto("/analytics?period=custom&from=2026-03-05&to=2026-03-01");
  await expect(page.getByRole("alert").filter({ hasText: "must not be before from" })).toBeVisible();
  await page.goto("/analytics?zone=Mars/Olympus");
  await expect(page.getByRole("alert").filter({ hasText: "is not a time zone" })).toBeVisible();
});

test("analytics: a viewer sees the figures but cannot filter by our number", { tag: "@once" }, async ({
  app,
  browser,
  postEvent,
}) => {
  await call(postEvent, "Booking line");
  const { cookie } = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({
    extraHTTPHeaders: { cookie },
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await page.goto(`${app.url}/analytics`);
  await expect(figure(page, "Calls")).toContainText("1");
  await expect(page.getByLabel("Our number")).toHaveCount(0);
  await context.close();
});

test("analytics: the page is accessible in both themes, as chart and as table", async ({
  page,
  postEvent,
}) => {
  await call(postEvent, "Booking line", { hangs: true });
  await call(postEvent, "An assistant whose name goes on and on and on, for somebody could not stop");
  await page.goto("/analytics");
  await expect(figure(page, "Calls")).toContainText("2");
  await expect(page.locator(".recharts-line-curve").first()).toBeAttached();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show table" }).click();
  await expectAccessible(page);
});
