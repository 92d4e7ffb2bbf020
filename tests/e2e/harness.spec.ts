import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";

test("test harness: an admin is signed in, on the app as in production", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/");
  await expect(page).not.toHaveURL(/sign-in/);
});

test("test harness: a page is handed over once React has hydrated it, after a reload too", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/");
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
  await page.reload();
  expect(await page.locator("html").getAttribute("data-ready")).toBe("");
});

test("test harness: a click after a navigation waits until React has hydrated the page", {
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

test("slow phone: the last button pressed before the scripts have come does its work once they have", {
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

test("slow phone: a form sent before the scripts have come keeps its fields out of the address, and is sent once they have", {
  tag: "@once",
}, async ({ page }) => {
  const load = await openWithoutScripts(page, "/settings/keys");
  await page.getByLabel("Name").fill("early bird");
  await page.getByLabel("Name").press("Enter");
  await load();
  await expect(page.getByText("Store this key where your script can read it.")).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
});

test("slow phone: a link works before the scripts have come", { tag: "@once" }, async ({ page }) => {
  const load = await openWithoutScripts(page, "/settings");
  const later = page.waitForRequest(/\/reports$/);
  await page.getByRole("link", { name: "Reports", exact: true }).press("Enter");
  await later;
  await load().catch(() => null);
  await expect(page).toHaveURL(/\/reports$/);
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
