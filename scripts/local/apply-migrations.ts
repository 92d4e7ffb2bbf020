import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { UsageError } from "./cli/read-options";
import { projectFolder } from "./project-folder";

const ownFolder = join(projectFolder, "drizzle");

/**
 * Migrates a database to the newest migration of `drizzle/` and creates the functions of `drizzle/functions/`. Safe to repeat and to run from several places at once: a lock serializes the runs. It is a
 * transaction-level lock on its own connection because a session-level lock, behind a transaction-mode pooler, would stay with
 * whichever connection the pooler assigned.
 *
 * @throws a UsageError when the database cannot be reached or refuses us
 */
export async function applyMigrations(databaseUrl: string, migrationsFolder = ownFolder): Promise<void> {
  await connected(databaseUrl, async (sql) => {
    await sql.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(hashtext('earshot migrations'))`;
      await migrate(drizzle(sql), { migrationsFolder });
      await createFunctions(lock, join(migrationsFolder, "functions"));
    });
  });
}

/**
 * Migrates a database of ours. Any other is only checked: it may serve a deployment of another version, which a script that
 * does something once must not change unannounced.
 *
 * @throws a UsageError when the database cannot be used, or lacks migrations
 */
export async function migrateOrCheck({ url, isOurs }: { url: string; isOurs: boolean }): Promise<void> {
  if (isOurs) return applyMigrations(url);
  if (await connected(url, isMigrated)) return;
  throw new UsageError(
    "The database lacks migrations of this version of Earshot. Use the deployed version, or run npm run db:migrate first.",
  );
}

async function isMigrated(sql: postgres.Sql): Promise<boolean> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as found`;
  if (!table?.found) return false;
  const [{ newest } = {}] =
    await sql`select max(created_at)::float8 as newest from drizzle.__drizzle_migrations`;
  return readMigrationFiles({ migrationsFolder: ownFolder }).every(
    ({ folderMillis }) => folderMillis <= newest,
  );
}

async function connected<T>(databaseUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl, { max: 2, prepare: false, onnotice: () => {} });
  try {
    return await work(sql);
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
