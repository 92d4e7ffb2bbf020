import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";

test("test harness: a page opens with an admin already signed in", { tag: "@once" }, async ({ page }) => {
  await page.goto("/");
  await expect(page).not.toHaveURL(/sign-in/);
});

test("test harness: navigating and reloading wait until React has hydrated the page", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/");
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
  await page.reload();
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
});

test("test harness: a click during a navigation waits until React has hydrated the page", {
  tag: "@once",
}, async ({ page }) => {
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

/** Opens a page whose scripts are held back; until they load, it is as rendered by the server. */
async function openWithoutScripts(page: Page, path: string): Promise<() => Promise<unknown>> {
  let letLoad = () => {};
  const scriptsMayLoad = new Promise<void>((resolve) => {
    letLoad = resolve;
  });
  await page.route("**/_next/**/*.js", async (route) => {
    await scriptsMayLoad;
    await route.continue();
  });
  const loading = page.goto(path);
  return () => {
    letLoad();
    return loading;
  };
}

test("slow phone: the last button pressed before scripts load takes effect once they have loaded", {
  tag: "@once",
}, async ({ page }) => {
  const load = await openWithoutScripts(page, "/settings");
  await page.getByRole("button", { name: /Ada Admin/ }).press("Enter");
  await page.getByRole("button", { name: "Command palette" }).press("Enter");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeHidden();
  await load();
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("slow phone: a form submitted before scripts load is sent once they have loaded, with its fields kept out of the URL", {
  tag: "@once",
}, async ({ page }) => {
  const load = await openWithoutScripts(page, "/settings/keys");
  await page.getByLabel("Name").fill("early bird");
  await page.getByLabel("Name").press("Enter");
  await load();
  await expect(page.getByText("Store this key where your script can read it.")).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
});

test("slow phone: a link works before scripts load", { tag: "@once" }, async ({ page }) => {
  const load = await openWithoutScripts(page, "/settings");
  const later = page.waitForRequest(/\/reports$/);
  await page.getByRole("link", { name: "Reports", exact: true }).press("Enter");
  await later;
  await load().catch(() => null);
  await expect(page).toHaveURL(/\/reports$/);
});

test("test harness: an event posted the way Vapi does is stored in the app's own database", {
  tag: "@once",
}, async ({ app, postEvent }) => {
  const uuid = randomUUID();
  await postEvent(uuid, { type: "something-new", timestamp: Date.now() });
  const sql = postgres(app.databaseUrl, { max: 1 });
  const rows = await sql`select from events where conversation_id = ${uuid}`;
  await sql.end();
  expect(rows).toHaveLength(1);
});
