import { applyMigrations } from "./local/apply-migrations";
import { runScript } from "./local/cli/run-script";
import { checkEnvironment } from "./local/stack/environment";

/**
 * Entry point of the container (the Dockerfile bundles it next to Next's `server.js`): checks the settings and applies
 * migrations before the app listens. Several containers may start at once because migrations take a lock.
 */
await runScript(async () => {
  checkEnvironment(process.env, true);
  const here = (name: string) => new URL(name, import.meta.url);
  await applyMigrations(process.env.DATABASE_URL ?? "", here("drizzle").pathname);
  await import(here("server.js").href);
});
