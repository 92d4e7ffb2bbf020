import type { Database } from "@/db/client";
import { migrateOrCheck } from "../apply-migrations";
import { loadEnvFiles } from "../cli/run-script";
import { startEmbeddedPostgres } from "../embedded-postgres";
import { createParts, type Parts } from "./create-parts";
import { openDatabase } from "./open-database";
import { prepareEnvironment } from "./prepare-environment";

/**
 * Runs a script's work with the app's own modules on the database of DATABASE_URL, or the one in .local/, which it
 * migrates. Stops everything it started, and what `work` adds to the parts, at the end.
 */
export async function withDatabase(work: (db: Database, parts: Parts) => Promise<void>): Promise<void> {
  loadEnvFiles();
  const parts = createParts();
  try {
    const database = await openDatabase(process.env, startEmbeddedPostgres, "earshot", parts);
    await migrateOrCheck(database);
    prepareEnvironment(database);
    // Imported late: it loads only with the react-server condition, which not everyone who imports this folder sets.
    const { db } = await import("@/db/client");
    parts.add(() => db.$client.end());
    await work(db, parts);
  } finally {
    await parts.stopAll();
  }
}
