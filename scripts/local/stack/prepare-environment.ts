import { UsageError } from "../cli/read-options";
import { readLocalSecrets } from "./environment";
import type { OpenDatabase } from "./open-database";

/**
 * Sets the variables that the app's modules read, for a script that uses them outside the app. Such a script publishes
 * nothing and signs no one in, but must encrypt with the app's own secret.
 *
 * @throws a UsageError when that secret is not known
 */
export function prepareEnvironment({ url, isOurs }: OpenDatabase): void {
  const secret = process.env.BETTER_AUTH_SECRET || (isOurs && readLocalSecrets().betterAuthSecret);
  if (!secret) {
    throw new UsageError("Set BETTER_AUTH_SECRET to the app's value: some stored data is encrypted with it.");
  }
  Object.assign(process.env, {
    DATABASE_URL: url,
    BETTER_AUTH_SECRET: secret,
    APP_URL: process.env.APP_URL || "http://localhost:3000",
  });
  for (const name of ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET", "PUSHER_CLUSTER"]) {
    process.env[name] ||= "unused";
  }
}
