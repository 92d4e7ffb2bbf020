import { afterAll } from "vitest";
import { createTestDatabase } from "./test-database";

/**
 * Runs before each integration test file is loaded, so that `@/lib/env`, and with it `@/db/client`, finds this
 * file's own database.
 */
const database = await createTestDatabase();

Object.assign(process.env, {
  DATABASE_URL: database.url,
  DATABASE_POOL_MAX: "10",
  APP_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "a-secret-for-tests-and-nothing-else",
  PUSHER_APP_ID: "earshot",
  PUSHER_KEY: "test-key",
  PUSHER_SECRET: "test-secret",
  PUSHER_HOST: "127.0.0.1",
  PUSHER_PORT: "1",
  PUSHER_USE_TLS: "false",
  VAPI_WEBHOOK_SECRET: "test-webhook-secret",
});

afterAll(database.drop);
