import { applyMigrations } from "./local/apply-migrations";
import { runScript } from "./local/cli/run-script";
import { checkEnvironment } from "./local/stack/environment";

/**
 * What the container runs (see the Dockerfile, which bundles this beside Next's own `server.js`): the settings are checked and
 * the database is brought up to date before the app listens. Several containers may start at once, as migrations take a lock.
 */
await runScript(async () => {
  checkEnvironment(process.env, true);
  const here = (name: string) => new URL(name, import.meta.url);
  await applyMigrations(process.env.DATABASE_URL ?? "", here("drizzle").pathname);
  await import(here("server.js").href);
});
