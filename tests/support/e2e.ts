import { test as base, expect, type Page, type Response } from "@playwright/test";
import postgres from "postgres";
import { waitUntil } from "@/scripts/local/wait-until";
import { type App, takeApp } from "./e2e/app";
import { type ConsoleWatch, createConsoleWatch } from "./e2e/console-watch";
import { endScripts } from "./e2e/run-start";
import { waitUntilKept } from "./e2e/wait-until-kept";

type Fixtures = {
  app: App;
  /** Delivers one message as Vapi would, expects 200 and waits until everything is recorded. Returns the response's body. */
  postEvent: (conversationUuid: string, message: object) => Promise<unknown>;
  /** Stops and restarts the realtime server. It runs again after each test. */
  realtime: { stop: () => Promise<void>; start: () => Promise<void> };
  consoleWatch: ConsoleWatch;
  /** Each test starts without calls: those of other tests would be counted and push its own out of view. */
  emptyBoard: undefined;
  /** Stops every script that a test has started. */
  noScripts: undefined;
};

export { expect };

/** Playwright's `test` with the running app. A test fails on any error in a page's console. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  app: async ({}, use) => use(takeApp()),

  emptyBoard: [
    async ({ app }, use) => {
      // Calls still live would come back with their next event.
      await fetch(`${app.controlUrl}/hang-up`, { method: "POST" });
      const sql = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
      await waitUntil("all calls to be gone", () => truncateCalls(sql));
      await sql.end();
      await use(undefined);
    },
    { auto: true },
  ],

  noScripts: [
    async ({ app: _ }, use) => {
      await use(undefined);
      endScripts();
    },
    { auto: true },
  ],

  baseURL: async ({ app }, use) => use(app.url),

  storageState: async ({ app }, use) => use(app.adminState),

  postEvent: async ({ app }, use) => {
    const sql = postgres(app.databaseUrl, { max: 2 });
    await use(async (conversationUuid, message) => {
      const response = await fetch(`${app.url}/api/webhook/${conversationUuid}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-vapi-secret": app.webhookSecret },
        body: JSON.stringify({ message }),
      });
      expect(response.status).toBe(200);
      const answer: object = await response.json();
      await waitUntilKept(sql, conversationUuid, message, answer);
      return answer;
    });
    await sql.end();
  },

  realtime: async ({ app, consoleWatch }, use) => {
    const ask = async (what: "stop" | "start") => {
      const response = await fetch(`${app.controlUrl}/${what}`, { method: "POST" });
      expect(response.status).toBe(204);
    };
    await use({
      stop: () => {
        consoleWatch.allow(/WebSocket connection to/);
        return ask("stop");
      },
      start: () => ask("start"),
    });
    await ask("start");
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  consoleWatch: async ({}, use) => {
    const watch = createConsoleWatch();
    await use(watch);
    expect(watch.problems()).toEqual([]);
  },

  context: async ({ context, consoleWatch }, use) => {
    await consoleWatch.watch(context);
    await use(context);
  },

  /** Every page it opens, including a second person's, is interactive once it has loaded. */
  browser: [
    async ({ browser }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        if (options?.javaScriptEnabled === false) return context;
        await context.addInitScript(holdClicks);
        const newPage = context.newPage.bind(context);
        context.newPage = async () => waitForReact(await newPage());
        return context;
      };
      await use(browser);
    },
    { scope: "worker" },
  ],
});

/** Makes loads wait for React, as people do before they click: input before hydration is lost. */
function waitForReact(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  const ready = async (response: Response | null) => {
    const isPage = response?.headers()["content-type"]?.startsWith("text/html");
    if (isPage) await page.locator("html[data-ready]").waitFor({ state: "attached" });
    return response;
  };
  page.goto = async (url, options) => ready(await goto(url, options));
  page.reload = async (options) => ready(await reload(options));
  return page;
}

/**
 * Runs in each document: nothing in one of our pages can be hit until React has hydrated it, so that Playwright delays
 * its click. Covers pages reached without `goto`, for example after signing in.
 */
function holdClicks() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html:not([data-ready]):has(script[src^='/_next/']) body { pointer-events: none }");
  document.adoptedStyleSheets.push(sheet);
}

/** False on a deadlock: the app's work on earlier calls locks these tables in another order, and Postgres aborts us. */
function truncateCalls(sql: postgres.Sql): Promise<boolean> {
  return sql`truncate calls cascade`.then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof postgres.PostgresError && cause.code === "40P01") return false;
      throw cause;
    },
  );
}
