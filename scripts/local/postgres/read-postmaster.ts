import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../guard/is-running.mjs";

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
