import { defineConfig } from "@playwright/test";
import { findChromium } from "@/tests/support/browser/find-chromium";

const { executablePath, env } = findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  globalSetup: "./tests/support/e2e/global-setup.ts",
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  // Each has its own app, database, and realtime server that a test may take away.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    // What was done and asked, without a picture of every step: those cost as much as the test. `--trace on` takes them all.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      env: { ...process.env, ...env },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    // A stage of their own in `npm test`, for `npm start` takes ports that a realtime server of the others may have let go of for a
    // moment.
    { name: "scripts", testDir: "tests/e2e/scripts" },
    {
      name: "desktop",
      testIgnore: "scripts/**",
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      // Who may do what, what a database does, how much is loaded and how a call sounds have nothing to do with the width of a
      // window, nor has what is tagged "@once": keys, sound, time limits, requests without a page.
      testIgnore: [
        "scripts/**",
        "access-matrix.spec.ts",
        "database-gone.spec.ts",
        "first-load.spec.ts",
        "listening.spec.ts",
      ],
      grepInvert: /@once/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
