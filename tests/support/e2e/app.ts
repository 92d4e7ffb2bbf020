import { z } from "zod";

const appSchema = z.object({
  /** URL of the app for people, and so for the browser. */
  url: z.string(),
  databaseUrl: z.string(),
  webhookSecret: z.string(),
  /** POST /stop and /start stop and restart the realtime server; POST /hang-up ends simulated calls. */
  controlUrl: z.string(),
  /** The Vapi that the app calls, and the key it accepts. */
  vapi: z.object({ url: z.string(), key: z.string() }),
  /** Port on this machine where the app may listen to and control calls; left free for a test's own server. */
  monitorPort: z.number(),
  /** File with the first operator's cookies. */
  adminState: z.string(),
});

/** An app under test, as the global setup passes it to the tests. */
export type App = z.infer<typeof appSchema>;

const variable = "EARSHOT_E2E";

/** Passes on one app per worker. Playwright passes the environment to the workers. */
export function handOverApps(apps: readonly App[]): void {
  process.env[variable] = JSON.stringify(apps);
}

/** Returns this worker's app. A worker that replaces another after a failure has the same number. */
export function takeApp(): App {
  const apps: unknown = JSON.parse(process.env[variable] ?? "[]");
  return z.array(appSchema).parse(apps)[Number(process.env.TEST_PARALLEL_INDEX)] ?? noApp();
}

function noApp(): never {
  throw new Error("The global setup has started no app for this worker.");
}
