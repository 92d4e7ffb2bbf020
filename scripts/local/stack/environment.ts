import { describeEnvironmentProblems, environmentVariables } from "@/lib/env-schema";
import { UsageError } from "../cli/read-options";

/** Environment variables by name, as `process.env`. */
export type Environment = Record<string, string | undefined>;

/** Each of Earshot's settings, empty. Next reads `.env` by itself and fills in what is left out, but not what is empty. */
const noSettings: Environment = Object.fromEntries(
  environmentVariables.filter((name) => name !== "NODE_ENV").map((name) => [name, ""]),
);

/** The same environment with nothing left for Next to fill in from `.env`: a test or a benchmark keeps to its own. */
export function sealEnvironment(environment: Environment): Environment {
  return { ...noSettings, ...environment };
}

/**
 * What the demo runs with: none of this clone's own settings, because its calls are invented.
 *
 * @param databaseUrl a database to use instead of the demo's own, with the secret that opens what is sealed in it
 */
export function demoEnvironment(given: Environment, databaseUrl: string | undefined): Environment {
  return {
    ...given,
    ...noSettings,
    ...(databaseUrl && { DATABASE_URL: databaseUrl, BETTER_AUTH_SECRET: given.BETTER_AUTH_SECRET ?? "" }),
  };
}

/** Stands for what Earshot brings itself, where only the rest is checked. */
const brought = {
  DATABASE_URL: "postgres://127.0.0.1/earshot",
  APP_URL: "http://localhost:3000",
  BETTER_AUTH_SECRET: "brought by Earshot itself, kept in .local",
};
const broughtRealtime = {
  PUSHER_APP_ID: "local",
  PUSHER_KEY: "local",
  PUSHER_SECRET: "local",
  PUSHER_HOST: "127.0.0.1",
};

/**
 * Checks the settings before anything is started, so that a wrong one is a sentence instead of a failing app.
 *
 * @param mustBeWhole for a database of somebody else's in production: there the secret and the address must be set
 * @throws a UsageError that names each wrong variable, and no value
 */
export function checkEnvironment(given: Environment, mustBeWhole: boolean): void {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const realtime = hasPusher(set) ? {} : broughtRealtime;
  const problems = describeEnvironmentProblems({ ...(mustBeWhole ? {} : brought), ...realtime, ...set });
  if (problems) throw new UsageError(problems);
}

/** Whether any PUSHER_* is set: then all that are needed must be. */
export function hasPusher(environment: Environment): boolean {
  return Object.entries(environment).some(([name, value]) => name.startsWith("PUSHER_") && value);
}
