import { z } from "zod";

const appSchema = z.object({
  /** Where people, and so the browser, reach it. */
  url: z.string(),
  databaseUrl: z.string(),
  webhookSecret: z.string(),
  /** POST /stop and /start there take the realtime server away and bring it back, /hang-up ends simulated calls. */
  controlUrl: z.string(),
  /** The Vapi that the app asks, and the key it takes. */
  vapi: z.object({ url: z.string(), key: z.string() }),
  /** Where the app may listen to calls and steer them on this machine: free for a test's own server. */
  monitorPort: z.number(),
  /** The file with the cookies of the first operator. */
  adminState: z.string(),
});

/** An app under test, as the global setup tells it to the tests. */
export type App = z.infer<typeof appSchema>;

const variable = "EARSHOT_E2E";

/** One for each worker. Playwright hands the environment on to them. */
export function handOverApps(apps: readonly App[]): void {
  process.env[variable] = JSON.stringify(apps);
}

/** The app of this worker. A worker that takes another's place after a failure has that one's number. */
export function takeApp(): App {
  const apps: unknown = JSON.parse(process.env[variable] ?? "[]");
  return z.array(appSchema).parse(apps)[Number(process.env.TEST_PARALLEL_INDEX)] ?? noApp();
}

function noApp(): never {
  throw new Error("The global setup has started no app for this worker.");
}
