import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { findFreePort } from "./find-free-port";
import { keepRunning } from "./guard/keep-running";
import { findPostgresUser } from "./postgres/find-postgres-user";
import { preparePrograms } from "./postgres/prepare-programs";
import { canReach, describePostgres, type Postgres, runServer } from "./postgres/run-server";
import { chooseHome, initCluster } from "./postgres/settle-data-folder";
import { projectFolder } from "./project-folder";

/**
 * Starts an empty PostgreSQL for tests: a free port, data in a temporary folder that is removed with it (and with this
 * process, however that ends). It skips fsync unless `isDurable`, stays down when killed unless `isKeptRunning`, and
 * accepts standbys if `isReplicated`.
 */
export async function startThrowawayPostgres({
  isDurable = false,
  isKeptRunning = false,
  isReplicated = false,
} = {}): Promise<Postgres> {
  const user = findPostgresUser();
  const base = !user || canReach(join(tmpdir(), "x"), user) ? tmpdir() : "/tmp";
  const home = mkdtempSync(join(base, "earshot-postgres-"));
  if (user) chmodSync(home, 0o755);
  const programs = preparePrograms(chooseHome(projectFolder, user), user);
  const { dataFolder, password } = await initCluster({ home, programs, user });
  const port = await findFreePort();
  const run = () =>
    runServer({ home, programs, dataFolder, user }, port, { isThrowaway: true, isDurable, isReplicated });
  const first = await run();
  const server = isKeptRunning ? keepRunning(first, { name: "PostgreSQL", startAgain: run }) : first;
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return describePostgres({ home, password, port, stop });
}

/** Creates a database unless it exists. Returns its URL. */
export async function ensureDatabase(server: Postgres, name: string): Promise<string> {
  const sql = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  try {
    const existing = await sql`select from pg_database where datname = ${name}`;
    if (existing.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  return server.urlOf(name);
}
