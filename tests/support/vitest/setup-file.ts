import { afterAll, afterEach, expect, vi } from "vitest";

/*
 * Runs before each integration test file is loaded. A worker runs many files, because starting a process and loading
 * the packages takes longer than most files' tests. What the project's own modules remember does not outlive a file.
 */
vi.resetModules();
for (const name of Object.keys(globalThis))
  if (name.startsWith("earshot")) Reflect.deleteProperty(globalThis, name);
const { createTestDatabase } = await import("@/tests/support/database/test-database");
const { testPusher, testPusherApp } = await import("@/tests/support/servers/test-pusher");
const { after } = await import("@/tests/support/vitest/after");
const { takeNestedQueries } = await import("@/tests/support/vitest/nested-queries");

// Next runs the work after a response; in tests, this replacement does.
vi.mock("next/server", async (original) => ({ ...(await original<object>()), after }));

// The driver, watched.
vi.mock("postgres", async (original) => {
  const { noticingNested } = await import("@/tests/support/vitest/nested-queries");
  const { default: connect, ...others } = await original<{ default: Parameters<typeof noticingNested>[0] }>();
  return { ...others, default: noticingNested(connect) };
});

const database = await createTestDatabase();
const environment = { ...process.env };

// Read by `@/lib/env`, so that `@/db/client` and the Pusher client use this file's own database and Pusher server.
Object.assign(process.env, {
  DATABASE_URL: database.url,
  DATABASE_POOL_MAX: "10",
  APP_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "a-secret-for-tests-and-nothing-else",
  PUSHER_APP_ID: testPusherApp.id,
  PUSHER_KEY: testPusherApp.key,
  PUSHER_SECRET: testPusherApp.secret,
  PUSHER_HOST: "127.0.0.1",
  PUSHER_PORT: String(testPusher.port),
  PUSHER_USE_TLS: "false",
  VAPI_WEBHOOK_SECRET: "test-webhook-secret, next-webhook-secret",
  FALLBACK_ASSISTANT_ID: "assistant-for-tests",
});

afterEach(() => {
  expect(takeNestedQueries()).toEqual([]);
});

afterAll(async () => {
  process.env = environment;
  await testPusher.close();
  await database.drop();
});
