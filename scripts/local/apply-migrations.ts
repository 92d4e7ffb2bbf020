import { existsSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { projectFolder } from "./project-folder";

/**
 * Brings a database up to the newest migration of `drizzle/`. Safe to repeat, and from several places at once:
 * an advisory lock lets one through after the other.
 */
export async function applyMigrations(databaseUrl: string): Promise<void> {
  const migrationsFolder = join(projectFolder, "drizzle");
  if (!existsSync(join(migrationsFolder, "meta", "_journal.json"))) return;
  const sql = postgres(databaseUrl, { max: 1, prepare: false, onnotice: () => {} });
  try {
    // Held by this one connection, and let go with it should anything fail.
    await sql`select pg_advisory_lock(hashtext('earshot migrations'))`;
    await migrate(drizzle(sql), { migrationsFolder });
    await sql`select pg_advisory_unlock(hashtext('earshot migrations'))`;
  } finally {
    await sql.end();
  }
}
