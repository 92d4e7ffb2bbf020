import { afterAll, vi } from "vitest";
import { createTestDatabase } from "@/tests/support/database/test-database";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";
import { after } from "@/tests/support/vitest/after";

// Next runs the work after a response; in tests, this replacement does.
vi.mock("next/server", async (original) => ({ ...(await original<object>()), after }));

/**
 * Runs before each integration test file is loaded, so that `@/lib/env`, and with it `@/db/client` and the Pusher
 * client, uses this file's own database and Pusher server.
 */
const database = await createTestDatabase();

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

afterAll(async () => {
  await testPusher.close();
  await database.drop();
});
