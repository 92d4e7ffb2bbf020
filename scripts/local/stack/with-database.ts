import type { Database } from "@/db/client";
import { applyMigrations } from "../apply-migrations";
import { loadEnvFiles } from "../cli/run-script";
import { startEmbeddedPostgres } from "../embedded-postgres";
import { createParts, type Parts } from "./create-parts";
import { openDatabase } from "./open-database";
import { prepareEnvironment } from "./prepare-environment";

/**
 * For a script that uses the app's own modules: the database of DATABASE_URL, or the one in .local/, with its tables up to date.
 * What was started for it, and what `work` adds to the parts, is stopped in the end.
 */
export async function withDatabase(work: (db: Database, parts: Parts) => Promise<void>): Promise<void> {
  loadEnvFiles();
  const parts = createParts();
  try {
    const database = await openDatabase(process.env, startEmbeddedPostgres, "earshot", parts);
    await applyMigrations(database.url);
    prepareEnvironment(database);
    // Only now, for the environment is read when the app's modules are loaded.
    const { db } = await import("@/db/client");
    parts.add(() => db.$client.end());
    await work(db, parts);
  } finally {
    await parts.stopAll();
  }
}
