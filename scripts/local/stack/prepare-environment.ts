import { UsageError } from "../cli/read-options";
import { readLocalSecrets } from "./environment";
import type { OpenDatabase } from "./open-database";

/**
 * What the app's own modules read from the environment, for a script that uses them without being the app: nothing is published, and
 * nobody signs in, but what is sealed must be sealed with the app's own secret.
 *
 * @throws a UsageError when that is not known
 */
export function prepareEnvironment({ url, isOurs }: OpenDatabase): void {
  const secret = process.env.BETTER_AUTH_SECRET || (isOurs && readLocalSecrets().betterAuthSecret);
  if (!secret) {
    throw new UsageError(
      "Set BETTER_AUTH_SECRET to what the app has: some of what is kept is sealed with it.",
    );
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
