import type { Page } from "@playwright/test";
import postgres from "postgres";
import { replyBins } from "@/lib/analytics/figures";
import { expect, test } from "@/tests/support/e2e";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { openAs } from "@/tests/support/e2e/newcomer";

/** Saves calls of three versions of one assistant: a tenth of v8's hung, and a fortieth of the others'. */
async function saveVersions(sql: postgres.Sql): Promise<void> {
  const replies = Array.from({ length: replyBins }, (_, bin) => (bin === 11 ? 4 : 0));
  await sql`
    with conversation as (insert into conversations (id) values (gen_random_uuid()) returning id), made as (
      insert into calls (id, conversation_id, status, status_rank, created_at, last_event_at)
      select gen_random_uuid(), c.id, 'ended', 1, at, at
      from conversation c, generate_series(now() - interval '1500 minutes', now() - interval '1 minute', '1 minute') at
      returning id, created_at
    ), numbered as (
      select id, created_at, row_number() over (order by created_at) as n from made
    )
    insert into call_figures (call_id, call_version, at, assistant, assistant_name, version, number, reason, calls, duration_ms,
      cost_usd, costed, hung, transferred, measured, measured_ms, user_ms, assistant_ms, silent_ms, assistant_turns,
      interruptions, replies)
    select id, 1, created_at, 'desk', 'Front desk',
      case when n <= 400 then 'v6' when n <= 1200 then 'v7' else 'v8' end, '', 'customer-ended-call', 1, 60000,
      0.1 + (n % 7) / 100.0, 1, (n % case when n <= 1200 then 40 else 10 end = 0)::int, 0, 0, 0, 0, 0, 0, 0, 0,
      ${`{${replies.join(",")}}`}::integer[]
    from numbered`;
}

test("versions: two versions are compared side by side, with intervals and a verdict in words", async ({
  page,
  app,
}) => {
  const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
  await saveVersions(sql);
  await page.goto("/analytics?zone=UTC");
  const card = page.getByRole("region", { name: "Compare versions" });
  await expect(card.getByText(/^v8 is worse: hang rate \+7\.5 pt \(\d\.\d–1\d\.\d\)\.$/)).toBeVisible();
  const measures = card.getByRole("table", { name: "Measures of both versions" });
  await expect(measures.getByRole("row", { name: /^Hang rate 2\.5 % 10\.0 % .* Worse$/ })).toBeVisible();
  await expect(
    measures.getByRole("row", { name: /^Containment 100\.0 % .* No clear difference$/ }),
  ).toBeVisible();
  await expect(card.getByRole("row", { name: "The caller hung up 100.0 % 100.0 %" })).toBeVisible();
  await expectAccessible(page);

  await choose(card.getByRole("combobox", { name: "Baseline" }), "v6 · 400 calls");
  await choose(card.getByRole("combobox", { name: "Version" }), "v7 · 800 calls");
  await expect(card.getByText("v7 shows no clear difference yet.")).toBeVisible();
  await sql.end();
});

/** Opens an alert on v8 of that assistant. Returns a function that removes it. */
async function openAlert(sql: postgres.Sql): Promise<() => Promise<void>> {
  const metrics = [
    {
      metric: "hangRate",
      baseline: 0.025,
      version: 0.1,
      difference: { by: 0.075, from: 0.025, to: 0.13 },
      verdict: "worse",
    },
  ];
  const close = async () => void (await sql`delete from version_alerts`);
  await close();
  await sql`
    insert into version_alerts (assistant, version, assistant_name, baseline, metrics, calls, opened_at)
    values ('desk', 'v8', 'Front desk', 'v7', ${sql.json(metrics)}, ${sql.json({ baseline: 800, version: 300 })}, now())`;
  return close;
}

test("versions: a worse version is shown on the board and links to its comparison", { tag: "@once" }, async ({
  page,
  app,
}) => {
  const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
  await saveVersions(sql);
  const close = await openAlert(sql);
  try {
    await page.goto("/");
    const banner = page.getByRole("alert").filter({ hasText: "Front desk v8 is worse" });
    await expect(banner).toContainText("hang rate +7.5 pt (2.5–13.0), compared with v7");
    await banner.getByRole("link", { name: "Compare versions" }).click();
    await expect(page).toHaveURL(/\/analytics\?assistant=desk$/);
    await expect(page.getByRole("region", { name: "Compare versions" })).toBeVisible();
  } finally {
    await close();
    await sql.end();
  }
});

test("versions: an alert can be acknowledged on the board, noted in its comparison and resolved on Alerts, and another open page follows", {
  tag: "@once",
}, async ({ page, app, browser }) => {
  const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
  await saveVersions(sql);
  const close = await openAlert(sql);
  const other = await openAs(browser, app.url, "operator");
  try {
    const bannerOn = (on: Page) =>
      on
        .getByRole("list", { name: "Worse versions" })
        .getByRole("listitem")
        .filter({ hasText: "Front desk v8 is worse" });
    await Promise.all([page.goto("/"), other.goto("/alerts")]);
    await expect(bannerOn(other)).toContainText("Not acknowledged");
    await bannerOn(page).getByRole("button", { name: "Acknowledge: Front desk v8" }).click();
    await expect(bannerOn(page)).toContainText("Acknowledged by Ada Admin");
    await expect(bannerOn(other)).toContainText("Acknowledged by Ada Admin");
    await expect(bannerOn(other).getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);
    await expectAccessible(other);

    await page.goto("/analytics?assistant=desk");
    await bannerOn(page).getByRole("button", { name: /^Note/ }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("The new prompt is too long.");
    await page.getByRole("dialog").getByRole("button", { name: "Save note" }).click();
    await expect(bannerOn(other)).toContainText("The new prompt is too long.");

    await bannerOn(other)
      .getByRole("button", { name: /^Resolve/ })
      .click();
    const dialog = other.getByRole("dialog", { name: "Resolve alert: Front desk v8" });
    await dialog.getByRole("textbox").fill("Back to v7.");
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await expect(bannerOn(other)).toHaveCount(0);
    await expect(bannerOn(page)).toHaveCount(0);
    const past = other.getByRole("region", { name: "Past version alerts" }).getByRole("listitem");
    await expect(past.first()).toContainText("Front desk v8 is worse: hang rate +7.5 pt");
    await expect(past.first()).toContainText("300 calls, compared with 800 of v7");
    await expect(past.first()).toContainText("Resolved by New operator");
    await expect(past.first()).toContainText("The new prompt is too long.");
    await expect(past.first()).toContainText("Back to v7.");
    await expectAccessible(other);
  } finally {
    await close();
    await other.context().close();
    await sql.end();
  }
});
