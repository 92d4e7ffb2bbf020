import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { isRunning } from "../guard/is-running.mjs";
import { sendSignal } from "../guard/send-signal.mjs";
import { waitUntil } from "../wait-until";
import type { UserIds } from "./find-postgres-user";
import { renameUnlessTaken } from "./rename-unless-taken";
import { canReach, type Postmaster, readPostmaster } from "./run-server";

/** Stops a server whose owner is gone, by fast shutdown first, and waits until its data folder is free. */
async function endOrphan(dataFolder: string, { pid }: Postmaster) {
  sendSignal(pid, "SIGINT");
  const isFree = () => readPostmaster(dataFolder) === null;
  try {
    await waitUntil("an earlier PostgreSQL to stop", isFree, 15_000);
  } catch {
    sendSignal(pid, "SIGQUIT"); // immediate shutdown; the next start recovers
    await waitUntil(`an earlier PostgreSQL (process ${pid}) to stop`, isFree, 15_000);
  }
}

/**
 * Ensures that a data folder has either a server with an owner (returned, to be shared) or none (null). Stops a server
 * whose owner was killed together with its reaper.
 */
export async function settleDataFolder(dataFolder: string): Promise<Postmaster | null> {
  const found = await waitUntil(
    "a PostgreSQL that is starting on the same data",
    () => {
      const postmaster = readPostmaster(dataFolder);
      return postmaster?.isReady === false ? null : { postmaster };
    },
    60_000,
  );
  const { postmaster } = found;
  if (!postmaster || postmaster.isOwned) return postmaster;
  await endOrphan(dataFolder, postmaster);
  return null;
}

/**
 * Returns the folder for all of PostgreSQL's files: `.local/postgres` of the project, unless PostgreSQL's user cannot
 * reach it (root with a clone under /root), then a folder for this clone in /var/lib/earshot.
 */
export function chooseHome(project: string, user: UserIds | null): string {
  const local = join(project, ".local");
  const clone = `${basename(project)}-${createHash("sha256").update(project).digest("hex").slice(0, 8)}`;
  const home = !user || canReach(local, user) ? join(local, "postgres") : join("/var/lib/earshot", clone);
  mkdirSync(home, { recursive: true });
  if (user) for (const folder of [dirname(home), home]) chmodSync(folder, 0o755); // root may have a strict umask
  return home;
}

const run = promisify(execFile);

type Where = { home: string; programs: string; user: UserIds | null };

/**
 * Creates `cluster/data` in the home unless it exists, with a superuser `earshot` whose random password is stored next
 * to it: loopback is open to every user of a machine, so it cannot be trusted without one. The folder appears whole or
 * not at all: an interrupted attempt leaves a folder with another name, removed here.
 */
export async function initCluster({ home, programs, user }: Where) {
  const cluster = join(home, "cluster");
  if (!existsSync(cluster)) {
    removeInterrupted(home);
    const unfinished = `${cluster}.${process.pid}`;
    await makeCluster(unfinished, programs, user);
    renameUnlessTaken(unfinished, cluster);
  }
  const password = readFileSync(join(cluster, "password"), "utf8").trim();
  return { dataFolder: join(cluster, "data"), password };
}

async function makeCluster(folder: string, programs: string, user: UserIds | null) {
  const passwordFile = join(folder, "password");
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(18).toString("base64url"), { mode: 0o600 });
  if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const options = [
    `--pgdata=${join(folder, "data")}`,
    "--username=earshot",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's built-in locale sorts the same on every machine, whatever locales are installed.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
  await run(join(programs, "bin", "initdb"), options, { cwd: "/", ...user });
}

/** Removes unfinished folders, whose names end in the id of the process that made them. */
function removeInterrupted(home: string) {
  for (const name of readdirSync(home)) {
    const pid = /^cluster\.(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(home, name), { recursive: true, force: true });
  }
}
