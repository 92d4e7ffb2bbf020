import { applyMigrations } from "./local/apply-migrations";
import { readOptions } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { startEmbeddedPostgres } from "./local/embedded-postgres";
import { createParts } from "./local/stack/create-parts";
import { openDatabase } from "./local/stack/open-database";

const usage = `npm run db:migrate

Applies pending migrations to the database at DATABASE_URL, or without it to the one Earshot keeps in .local/.
Safe to repeat. Run it in a deployment before the new version takes over.`;

await runScript(async () => {
  readOptions(usage, {});
  loadEnvFiles();
  const parts = createParts();
  try {
    const { url, description } = await openDatabase(process.env, startEmbeddedPostgres, "earshot", parts);
    await applyMigrations(url);
    console.log(`The database is up to date (${description}).`);
  } finally {
    await parts.stopAll();
  }
});
