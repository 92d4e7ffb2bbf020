import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isRunning } from "../guard/is-running.mjs";
import { spawnGuarded } from "../guard/spawn-guarded";
import { waitUntil } from "../wait-until";
import type { UserIds } from "./find-postgres-user";

/**
 * Returns PostgreSQL's settings as command-line arguments: loopback only, tuned for a small machine, and durable by
 * default (fsync and synchronous_commit keep their defaults). A test's cluster need not survive a power cut.
 */
function postgresSettings(options: { port: number; isDurable: boolean; isReplicated: boolean }): string[] {
  const settings = {
    port: options.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    // Without replicas, commits write less WAL.
    wal_level: options.isReplicated ? "replica" : "minimal",
    max_wal_senders: options.isReplicated ? 4 : 0,
    // With many short statements, compiling costs more than it saves.
    jit: "off",
    log_timezone: "UTC",
    timezone: "UTC",
    // Ignored by PostgreSQL; `readOwner` reads it back.
    "earshot.owner": process.pid,
    ...(!options.isDurable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

type Where = { home: string; programs: string; dataFolder: string; user: UserIds | null };

/**
 * Starts the server and waits until it accepts connections.
 *
 * @returns `stop`, a fast shutdown (cuts open connections) with a checkpoint, and `exited`
 * @throws with the end of its log when it does not start
 */
export async function runServer(
  where: Where,
  port: number,
  { isThrowaway = false, isDurable = true, isReplicated = false } = {},
) {
  const logFile = join(where.home, "postgres.log");
  const log = openSync(logFile, "a");
  const server = await spawnGuarded(
    join(where.programs, "bin", "postgres"),
    ["-D", where.dataFolder, ...postgresSettings({ port, isDurable, isReplicated })],
    {
      stopSignal: "SIGINT", // PostgreSQL's "fast shutdown"
      stdio: ["ignore", log, log],
      cwd: "/",
      ...where.user,
      throwawayFolder: isThrowaway ? where.home : undefined,
    },
  );
  closeSync(log);

  let hasEnded = false;
  void server.exited.then(() => {
    hasEnded = true;
  });
  await waitUntil(
    "PostgreSQL to take connections",
    () => hasEnded || readPostmaster(where.dataFolder)?.isReady === true,
    60_000,
  );
  if (hasEnded) throw new Error(`PostgreSQL did not start. The end of ${logFile}:\n${lastLines(logFile)}`);
  return { stop: server.stop, exited: server.exited };
}

function lastLines(file: string) {
  return readFileSync(file, "utf8").trim().split("\n").slice(-8).join("\n");
}

export type Postmaster = {
  pid: number;
  port: number;
  isReady: boolean;
  /** Whether the script that started it is still running and will stop it. */
  isOwned: boolean;
};

/**
 * Returns the server running on a data folder, or null. Reads `postmaster.pid` (line 1 is the process id, 4 the port, 8 the
 * status; pg_ctl reads the same lines). A killed server leaves the file behind, and another process may have its id by now.
 */
export function readPostmaster(dataFolder: string): Postmaster | null {
  const lines = readIfThere(join(dataFolder, "postmaster.pid")).split("\n");
  const pid = Number(lines[0]);
  if (!pid || !isRunning(pid) || !isPostgres(pid)) return null;
  const isReady = lines[7]?.trim() === "ready";
  return { pid, port: Number(lines[3]), isReady, isOwned: isRunning(readOwner(dataFolder)) };
}

/** Reads the owner from the start arguments that PostgreSQL records in `postmaster.opts`. */
function readOwner(dataFolder: string): number {
  return Number(/earshot\.owner=(\d+)/.exec(readIfThere(join(dataFolder, "postmaster.opts")))?.[1]);
}

/** Without /proc (macOS), any live process with that id is assumed to be PostgreSQL. */
function isPostgres(pid: number): boolean {
  const commandLine = readIfThere(`/proc/${pid}/cmdline`);
  return commandLine === "" || /postgres$/.test(commandLine.split("\0")[0] ?? "");
}

/** No existence check first: a starting or stopping server may remove the file in between. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ESRCH"))
      return "";
    throw cause;
  }
}

/**
 * Whether a user can traverse to a path: every existing folder above it must be open to them. A home folder with mode
 * 0700, such as /root, blocks everything beneath it.
 */
export function canReach(path: string, user: UserIds): boolean {
  const parent = dirname(resolve(path));
  if (existsSync(parent) && !isOpenTo(parent, user)) return false;
  return parent === dirname(parent) || canReach(parent, user);
}

function isOpenTo(folder: string, user: UserIds): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

export type Postgres = {
  /** Folder with its files. */
  home: string;
  /** Whether another script runs it and keeps it running after `stop`. */
  isShared: boolean;
  /** How to connect to one of its databases as superuser; every cluster has a database `postgres`. */
  urlOf: (database: string) => string;
  stop: () => Promise<void>;
  /** Resolves when it has ended for good; null if that is not known, as of a shared one. */
  ended: Promise<unknown> | null;
};

type Known = { home: string; password: string; port: number } & Partial<
  Pick<Postgres, "isShared" | "stop" | "ended">
>;

/** Builds the view of a running server that callers get. */
export function describePostgres({
  home,
  password,
  port,
  isShared = false,
  stop,
  ended = null,
}: Known): Postgres {
  return {
    home,
    isShared,
    urlOf: (database) => `postgres://earshot:${password}@127.0.0.1:${port}/${database}`,
    stop: stop ?? (async () => {}),
    ended,
  };
}
