import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";

test("test harness: an admin is signed in, on the app as in production", { tag: "@once" }, async ({ page }) => {
  await page.goto("/");
  await expect(page).not.toHaveURL(/sign-in/);
});

test("test harness: a page is handed over once React has hydrated it, after a reload too", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/");
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
  await page.reload();
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
});

test("test harness: a click after a navigation waits until React has hydrated the page", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/settings/people");
  let letLoad = () => {};
  const scriptsMayLoad = new Promise<void>((resolve) => {
    letLoad = resolve;
  });
  await page.route("**/_next/**/*.js", async (route) => {
    await scriptsMayLoad;
    await route.continue();
  });
  await page.evaluate(() => location.assign("/settings"));
  const button = page.getByRole("button", { name: "Set up authenticator app" });
  await expect(button).toBeVisible();
  const click = button.click();
  letLoad();
  await click;
  await expect(page.getByLabel("Your password")).toBeVisible();
});

test("test harness: an event delivered as by Vapi is in the app's own database", { tag: "@once" }, async ({
  app,
  postEvent,
}) => {
  const uuid = randomUUID();
  await postEvent(uuid, { type: "something-new", timestamp: Date.now() });
  const sql = postgres(app.databaseUrl, { max: 1 });
  const rows = await sql`select from events where conversation_id = ${uuid}`;
  await sql.end();
  expect(rows).toHaveLength(1);
});
