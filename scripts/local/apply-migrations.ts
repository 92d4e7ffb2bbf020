import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { recordStatements } from "@/db/queries/record/record-statement";
import { storeStatements } from "@/db/stored-statement";
import { UsageError } from "./cli/read-options";
import { projectFolder } from "./project-folder";

/**
 * Migrates a database to the newest migration of `drizzle/` and creates the functions it keeps for statements
 * (db/stored-statement.ts). Safe to repeat and to run from several places at once: a lock serializes the runs. It is a
 * transaction-level lock on its own connection because a session-level lock, behind a transaction-mode pooler, would stay with
 * whichever connection the pooler assigned.
 *
 * @throws a UsageError when the database cannot be reached or refuses us
 */
export async function applyMigrations(
  databaseUrl: string,
  migrationsFolder = join(projectFolder, "drizzle"),
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, prepare: false, onnotice: () => {} });
  try {
    await sql.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(hashtext('earshot migrations'))`;
      await migrate(drizzle(sql), { migrationsFolder });
      await storeStatements(lock, recordStatements);
    });
  } catch (cause) {
    const reason = findReason(cause);
    throw reason
      ? new UsageError(`The database cannot be used: ${reason} Check DATABASE_URL.`, { cause })
      : cause;
  } finally {
    await sql.end();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing is listening at its address.",
  ENOTFOUND: "its host does not exist.",
  EAI_AGAIN: "its host could not be looked up.",
  ETIMEDOUT: "it is not responding.",
  CONNECT_TIMEOUT: "it is not responding.",
  ECONNRESET: "it closed the connection.",
  "28P01": "it rejected the password.",
  "28000": "it rejected the user.",
  "3D000": "the database does not exist.",
};

/** Returns null when changing DATABASE_URL would not help. The migrator may wrap the driver's error. */
function findReason(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const code = "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? findReason(cause.cause);
}
