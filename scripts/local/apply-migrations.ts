import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { projectFolder } from "./project-folder";

/**
 * Brings a database up to the newest migration of `drizzle/`. Safe to repeat, and from several places at once: a
 * lock lets one through after the other. It is a transaction's lock on a connection of its own, because behind a
 * transaction-mode pooler a session's lock would stay with whichever connection the pooler gave it.
 */
export async function applyMigrations(databaseUrl: string): Promise<void> {
  const migrationsFolder = join(projectFolder, "drizzle");
  const sql = postgres(databaseUrl, { max: 2, prepare: false, onnotice: () => {} });
  try {
    await sql.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(hashtext('earshot migrations'))`;
      await migrate(drizzle(sql), { migrationsFolder });
    });
  } finally {
    await sql.end();
  }
}
