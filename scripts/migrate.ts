import { applyMigrations } from "./local/apply-migrations";
import { readOptions } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { startEmbeddedPostgres } from "./local/embedded-postgres";
import { createParts } from "./local/stack/create-parts";
import { openDatabase } from "./local/stack/open-database";

const usage = `npm run db:migrate

Brings the database of DATABASE_URL up to date; without DATABASE_URL, the one that Earshot keeps in .local/.
Safe to repeat. Part of a deployment, before the new version takes over.`;

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
