import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnGuarded } from "../guard/spawn-guarded";
import { waitUntil } from "../wait-until";
import type { UserIds } from "./find-postgres-user";
import { readPostmaster } from "./read-postmaster";

/**
 * PostgreSQL's settings as command-line arguments: reachable from this machine only, and quick on a small one.
 * Durable unless told otherwise (fsync and synchronous_commit keep their defaults); a test's cluster need not
 * survive a power cut.
 */
export function postgresSettings(options: { port: number; isDurable: boolean }): string[] {
  const settings = {
    port: options.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    // One server without replicas: commits write less.
    wal_level: "minimal",
    max_wal_senders: 0,
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
export async function runServer(where: Where, port: number, { isThrowaway = false, isDurable = true } = {}) {
  const logFile = join(where.home, "postgres.log");
  const log = openSync(logFile, "a");
  const server = await spawnGuarded(
    join(where.programs, "bin", "postgres"),
    ["-D", where.dataFolder, ...postgresSettings({ port, isDurable })],
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
