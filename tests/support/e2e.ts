import { test as base, expect, type Page, type Response } from "@playwright/test";
import postgres from "postgres";
import { waitUntil } from "@/scripts/local/wait-until";
import { type App, takeApp } from "./e2e/app";
import { type ConsoleWatch, createConsoleWatch } from "./e2e/console-watch";
import { endScripts } from "./e2e/run-start";
import { waitUntilKept } from "./e2e/wait-until-kept";

type Fixtures = {
  app: App;
  /** Delivers one message as Vapi would, expects 200, and waits until all is kept. Returns the answer's body. */
  postEvent: (conversationUuid: string, message: object) => Promise<unknown>;
  /** The realtime server, to take away and bring back. It is back after each test. */
  realtime: { stop: () => Promise<void>; start: () => Promise<void> };
  consoleWatch: ConsoleWatch;
  /** Each test begins with no calls: those of others would push its own out of sight, and be counted with them. */
  emptyBoard: undefined;
  /** Nothing that a test has started outlives it. */
  noScripts: undefined;
};

export { expect };

/** Playwright's `test` with the running app. A test fails on any error in a page's console. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  app: async ({}, use) => use(takeApp()),

  emptyBoard: [
    async ({ app }, use) => {
      // Those that still go on would come back with their next event.
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

  /** Every page it opens, the test's own and a second person's, is one that people could use once it has loaded. */
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

/** Loads as people do, who click once the page is there: what is done before React has taken over is lost. */
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
 * Run in each document: until React has taken over one of our pages, nothing in it can be hit, so that Playwright waits with
 * its click. A page that another one leads to, as signing in does, is reached without `goto`.
 */
function holdClicks() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html:not([data-ready]):has(script[src^='/_next/']) body { pointer-events: none }");
  document.adoptedStyleSheets.push(sheet);
}

/** False where what the app still does of earlier calls holds the same tables, in another order, and Postgres lets the app go on. */
function truncateCalls(sql: postgres.Sql): Promise<boolean> {
  return sql`truncate calls cascade`.then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof postgres.PostgresError && cause.code === "40P01") return false;
      throw cause;
    },
  );
}
