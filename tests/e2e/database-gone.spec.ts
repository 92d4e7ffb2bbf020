import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createParts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { type BrokenPostgres, breakPostgres } from "@/tests/support/database/broken-postgres";
import { test as base, expect } from "@/tests/support/e2e";
import type { App } from "@/tests/support/e2e/app";
import { postPastCall } from "@/tests/support/e2e/past-call";
import { startApp } from "@/tests/support/e2e/start-app";

type Fallible = { app: App; postgres: BrokenPostgres };

/** Each worker has its own app, because its database goes down. */
const test = base.extend<object, { fallible: Fallible }>({
  fallible: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, { parallelIndex }) => {
      const parts = createParts();
      let postgres: BrokenPostgres | undefined;
      const app = await startApp(100 + parallelIndex, parts, async () => {
        const server = await startThrowawayPostgres();
        postgres = await breakPostgres(server.urlOf("postgres"));
        parts.add(async () => postgres?.close());
        const { host } = new URL(postgres.url);
        const urlOf = (name: string) => Object.assign(new URL(server.urlOf(name)), { host }).href;
        return { ...server, urlOf };
      });
      if (!postgres) throw new Error("The app has not asked for its database.");
      await use({ app, postgres });
      await parts.stopAll();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  app: async ({ fallible }, use) => use(fallible.app),
});

/** An error shows within 3 s; a busy machine needs longer. Without deadlines it took 13 to 23 s. */
const soonMs = 10_000;
/** The page polls every second for the database's return; a busy machine needs longer. */
const againMs = 10_000;
const gone = "The database is not responding.";

test.afterEach(({ fallible }) => fallible.postgres.become("well"));

const ways = {
  refused: "refuses connections",
  gone: "hangs up on connections",
  hung: "takes connections and says nothing",
} as const;

for (const state of ["refused", "gone", "hung"] as const) {
  test(`database: while it ${ways[state]}, pages show an error and the API returns 503, and pages recover without a reload`, async ({
    app,
    context,
    consoleWatch,
    fallible,
    postEvent,
  }) => {
    test.setTimeout(90_000);
    consoleWatch.allow(/503|500|Error/);
    const callId = await postPastCall(postEvent);
    const paths = {
      // An event answered with 503 during the outage may still have been recorded.
      "/": "Needs attention",
      [`/calls/${callId}`]: "Booking line",
      "/reports": "Booking line",
      "/settings/health": "Set aside",
    };
    const open: Page[] = [];
    const loading: Page[] = [];
    for (const path of Object.keys(paths)) {
      const page = await context.newPage();
      await page.goto(path);
      open.push(page);
      loading.push(await context.newPage());
    }

    fallible.postgres.become(state);
    await Promise.all(
      open.map((page) => expect(page.getByText(gone).first()).toBeVisible({ timeout: soonMs })),
    );
    await Promise.all(
      Object.keys(paths).map(async (path, index) => {
        const page = loading[index];
        const response = await page?.goto(path, { waitUntil: "commit" });
        expect(response?.status(), path).toBeLessThan(500);
        if (page) await expect(page.getByText(gone).first()).toBeVisible({ timeout: soonMs });
      }),
    );
    for (const path of ["/api/calls", `/api/calls/${callId}`, "/api/reports", "/api/alerts"]) {
      const response = await context.request.get(`${app.url}${path}`, { timeout: soonMs });
      expect(response.status(), path).toBe(503);
      expect(response.headers()["content-type"]).toBe("application/problem+json");
    }
    const delivered = await context.request.post(`${app.url}/api/webhook`, {
      headers: { "x-vapi-secret": app.webhookSecret },
      data: statusUpdate("in-progress", { callId: randomUUID() }),
      timeout: soonMs,
    });
    expect(delivered.status()).toBe(503);

    fallible.postgres.become("well");
    for (const pages of [open, loading]) {
      for (const [index, text] of Object.values(paths).entries()) {
        const page = pages[index];
        if (!page) continue;
        await expect(page.getByText(gone)).toHaveCount(0, { timeout: againMs });
        await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible({
          timeout: againMs,
        });
      }
    }
  });
}
