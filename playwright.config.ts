import { defineConfig } from "@playwright/test";
import { findChromium } from "@/tests/support/browser/find-chromium";

const { executablePath, env } = findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  globalSetup: "./tests/support/e2e/global-setup.ts",
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  // Each worker has its own app, database and realtime server, which a test may stop.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    // Records actions, without requests and a picture of every step: those cost as much as the test. `--trace on` records all.
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
    // A separate stage in `npm test`, because `npm start` takes ports that a realtime server of the other tests may have
    // released for a moment.
    { name: "scripts", testDir: "tests/e2e/scripts" },
    {
      name: "desktop",
      testIgnore: "scripts/**",
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      // Only what is laid out or used differently on a phone runs twice; layout.spec.ts walks all pages at phone width. Tests
      // tagged "@once" and these files do not depend on the width of a window: forms, keys, sound, time limits, two people at
      // once, permissions, database failures.
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
