import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isRunning } from "../guard/is-running.mjs";
import { spawnGuarded } from "../guard/spawn-guarded";
import { waitUntil } from "../wait-until";
import type { UserIds } from "./find-postgres-user";

/**
 * PostgreSQL's settings as command-line arguments: reachable from this machine only, and quick on a small one.
 * Durable unless told otherwise (fsync and synchronous_commit keep their defaults); a test's cluster need not
 * survive a power cut.
 */
function postgresSettings(options: { port: number; isDurable: boolean; isReplicated: boolean }): string[] {
  const settings = {
    port: options.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    // Without replicas commits write less.
    wal_level: options.isReplicated ? "replica" : "minimal",
    max_wal_senders: options.isReplicated ? 4 : 0,
    // Short statements by the hundred: compiling them costs more than it saves.
    jit: "off",
    log_timezone: "UTC",
    timezone: "UTC",
    // Nothing to PostgreSQL; `readPostmaster` finds it again.
    "earshot.owner": process.pid,
    ...(!options.isDurable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

type Where = { home: string; programs: string; dataFolder: string; user: UserIds | null };

/**
 * Starts the server and waits until it takes connections.
 *
 * @returns how to stop it: fast (open connections are cut), with a checkpoint
 * @throws with the end of its log when it does not come up
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
  /** The script that started it is still there to stop it. */
  isOwned: boolean;
};

/**
 * The server that runs on a data folder, or null. It tells of itself in `postmaster.pid` (line 1 its process,
 * 4 its port, 8 its status: PostgreSQL's own pg_ctl reads the same lines). A killed server leaves the file behind,
 * and its process id may be somebody else's by now.
 */
export function readPostmaster(dataFolder: string): Postmaster | null {
  const lines = readIfThere(join(dataFolder, "postmaster.pid")).split("\n");
  const pid = Number(lines[0]);
  if (!pid || !isRunning(pid) || !isPostgres(pid)) return null;
  const isReady = lines[7]?.trim() === "ready";
  return { pid, port: Number(lines[3]), isReady, isOwned: isRunning(readOwner(dataFolder)) };
}

/** The arguments it was started with, as PostgreSQL writes them down; ours name the script that did it. */
function readOwner(dataFolder: string): number {
  return Number(/earshot\.owner=(\d+)/.exec(readIfThere(join(dataFolder, "postmaster.opts")))?.[1]);
}

/** Where the kernel does not say (macOS), a live process of that id is taken at the file's word. */
function isPostgres(pid: number): boolean {
  const commandLine = readIfThere(`/proc/${pid}/cmdline`);
  return commandLine === "" || /postgres$/.test(commandLine.split("\0")[0] ?? "");
}

/** Not asked for beforehand: a server that starts or ends may take it away in between. */
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
 * Whether a user may walk down to a path: every folder above it that exists must be open to them.
 * A home folder of mode 0700, /root above all, closes everything beneath it.
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
  /** Where its files lie. */
  home: string;
  /** Another script runs it, and goes on doing so after `stop`. */
  isShared: boolean;
  /** How to connect to one of its databases as superuser; every cluster has a database `postgres`. */
  urlOf: (database: string) => string;
  stop: () => Promise<void>;
};

type Known = { home: string; password: string; port: number; isShared?: boolean; stop?: () => Promise<void> };

/** What callers get to know of a running server. */
export function describePostgres({ home, password, port, isShared = false, stop }: Known): Postgres {
  return {
    home,
    isShared,
    urlOf: (database) => `postgres://earshot:${password}@127.0.0.1:${port}/${database}`,
    stop: stop ?? (async () => {}),
  };
}
