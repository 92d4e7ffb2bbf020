import { z } from "zod";

const appSchema = z.object({
  /** Where people, and so the browser, reach it. */
  url: z.string(),
  databaseUrl: z.string(),
  webhookSecret: z.string(),
  /** POST /stop and /start there take the realtime server away and bring it back, /hang-up ends simulated calls. */
  controlUrl: z.string(),
});

/** The app under test, as the global setup tells it to the tests. */
export type App = z.infer<typeof appSchema>;

const variable = "EARSHOT_E2E";

/** Playwright hands the environment on to its workers. */
export function handOverApp(app: App): void {
  process.env[variable] = JSON.stringify(app);
}

export function takeApp(): App {
  return appSchema.parse(JSON.parse(process.env[variable] ?? "null"));
}
