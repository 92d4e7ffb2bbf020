import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { UsageError } from "./cli/read-options";
import { projectFolder } from "./project-folder";

/**
 * Migrates a database to the newest migration of `drizzle/` and creates the functions of `drizzle/functions/`. Safe to repeat and to run from several places at once: a lock serializes the runs. It is a
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
      await createFunctions(lock, join(migrationsFolder, "functions"));
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

/** So that servers of the version before can be started again while a deployment goes on. */
const otherVersionsKept = 2;

/** Creates the functions that are missing, one per file, and drops their old versions: those that differ in the digest alone. */
async function createFunctions(sql: postgres.TransactionSql, folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    const name = file.replace(".sql", "");
    const stored = await sql<{ name: string }[]>`
      select proname as name from pg_proc
      where pronamespace = current_schema()::regnamespace and starts_with(proname, ${name.slice(0, name.lastIndexOf("_") + 1)})
      order by oid desc`;
    const others = stored.filter((each) => each.name !== name);
    for (const old of others.slice(otherVersionsKept)) await sql`drop function ${sql(old.name)}`;
    if (others.length === stored.length) await sql.unsafe(await readFile(join(folder, file), "utf8"));
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
