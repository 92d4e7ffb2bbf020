import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { describeEnvironmentProblems, environmentVariables } from "@/lib/env-schema";
import { UsageError } from "../cli/read-options";
import { projectFolder } from "../project-folder";

/** Environment variables by name, like `process.env`. */
export type Environment = Record<string, string | undefined>;

/** Every Earshot setting, empty. Next fills in missing variables from `.env`, but leaves empty ones alone. */
const noSettings: Environment = Object.fromEntries(
  environmentVariables.filter((name) => name !== "NODE_ENV").map((name) => [name, ""]),
);

/** Defines every setting, so that Next takes none from `.env`: tests and benchmarks use only their own. */
export function sealEnvironment(environment: Environment): Environment {
  return { ...noSettings, ...environment };
}

/**
 * Returns the demo's environment, without this clone's own settings, because its calls are invented.
 *
 * @param databaseUrl a database to use instead of the demo's own, with the secret that decrypts its sealed values
 */
export function demoEnvironment(given: Environment, databaseUrl: string | undefined): Environment {
  return {
    ...given,
    ...noSettings,
    ...(databaseUrl && { DATABASE_URL: databaseUrl, BETTER_AUTH_SECRET: given.BETTER_AUTH_SECRET ?? "" }),
  };
}

/** Placeholders for settings that Earshot supplies itself, so that only the others are checked. */
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
 * Checks the settings before anything starts, so that an invalid one yields a sentence instead of a failing app.
 *
 * @param mustBeWhole for production with an external database, where the secret and the address must be set
 * @throws a UsageError that names each invalid variable, and no value
 */
export function checkEnvironment(given: Environment, mustBeWhole: boolean): void {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const realtime = hasPusher(set) ? {} : broughtRealtime;
  const problems = describeEnvironmentProblems({ ...(mustBeWhole ? {} : brought), ...realtime, ...set });
  if (problems) throw new UsageError(problems);
}

/** Whether any PUSHER_* is set; if so, all required ones must be. */
export function hasPusher(environment: Environment): boolean {
  return Object.entries(environment).some(([name, value]) => name.startsWith("PUSHER_") && value);
}

const secretsSchema = z.object({
  betterAuthSecret: z.string(),
  vapiWebhookSecret: z.string(),
  pusherKey: z.string(),
  pusherSecret: z.string(),
});

export type LocalSecrets = z.infer<typeof secretsSchema> & {
  /** Whether this call generated them, as on the first start on this machine. */
  isNew: boolean;
};

/**
 * Reads the secrets of an Earshot that runs on this machine only. They are generated once per clone and kept in
 * `.local/secrets.json`, so that sessions, open tabs and assistants pointed here survive a restart.
 */
export function readLocalSecrets(): LocalSecrets {
  const folder = join(projectFolder, ".local");
  const file = join(folder, "secrets.json");
  const isNew = !existsSync(file);
  if (isNew) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 });
  }
  return { ...secretsSchema.parse(JSON.parse(readFileSync(file, "utf8"))), isNew };
}

function makeSecrets(): z.infer<typeof secretsSchema> {
  const random = () => randomBytes(32).toString("base64url");
  return {
    betterAuthSecret: random(),
    vapiWebhookSecret: random(),
    pusherKey: randomBytes(10).toString("hex"),
    pusherSecret: random(),
  };
}
