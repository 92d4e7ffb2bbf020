import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("import: a paused import shows its progress and can be resumed, and a second tab shows that it is done", {
  tag: "@once",
}, async ({ app, page, context, postEvent }) => {
  const endedMs = Date.now() - 60_000;
  const callId = randomUUID();
  await postEvent(
    callId,
    endOfCallReport({
      callId,
      with: {
        timestamp: endedMs + 5_000,
        startedAt: new Date(endedMs - 60_000).toISOString(),
        endedAt: new Date(endedMs).toISOString(),
      },
    }).message,
  );
  const sql = postgres(app.databaseUrl, { max: 1 });
  await sql`truncate import_jobs`;
  await sql`
    insert into import_jobs (state, from_at, until_at, started_by, done_down_to, bound, imported, known)
    values ('paused', now() - interval '4 days', now(), '{"kind":"system","name":"A script"}', now() - interval '1 day',
      jsonb_build_object('createdAtLe', to_jsonb(now())), 90, 10)`;
  await sql.end();

  await page.goto("/settings/import");
  const imports = page.getByRole("list", { name: "Imports" }).getByRole("listitem");
  await expect(imports).toContainText("Paused");
  await expect(imports).toContainText("100 of about 400 calls");
  await expect(page.getByRole("button", { name: "Start import" })).toBeHidden();
  await expectAccessible(page);
  const second = await context.newPage();
  await second.goto("/settings/import");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(imports).toContainText("Done", { timeout: 20_000 });
  await expect(second.getByRole("list", { name: "Imports" })).toContainText("Done", { timeout: 20_000 });

  await page.getByRole("button", { name: "Start import" }).click();
  await expect(imports).toHaveCount(2);
  await expect(imports.first()).toContainText("Done", { timeout: 20_000 });
});

test("health: the share of calls received is shown by hour, and an admin can set the alert threshold for reports", {
  tag: "@once",
}, async ({ app, page }) => {
  const sql = postgres(app.databaseUrl, { max: 1 });
  await sql`truncate reconciled_calls`;
  await sql`
    insert into reconciled_calls (call_id, created_at, settled_at, is_heard, is_report_heard)
    select 'e2e-' || n, now() - interval '3 hours', now() - interval '2 hours', n > 1, n > 3 from generate_series(1, 200) n`;
  await page.goto("/settings/health");
  const section = page.getByRole("region", { name: "Calls received", exact: true });
  await expect(section).toContainText("Received 99.5 % of calls, 98.5 % of reports in the last 24 h.");
  await expect(section).toContainText("Fetched from Vapi instead: 1 call and 3 reports.");
  await expect(section.getByRole("row").nth(1)).toContainText("99.5 % (1 missing)");
  await expectAccessible(page);
  await section.getByLabel("Alert: reports received below").fill("97.5");
  await section.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(async () => (await sql`select value from settings where name = 'gap-rules'`)[0]?.value)
    .toEqual({ callsPercent: 99, reportsPercent: 97.5 });
  await sql`truncate reconciled_calls`;
  await sql.end();
});
