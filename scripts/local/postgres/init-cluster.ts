import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isRunning } from "../guard/is-running.mjs";
import type { UserIds } from "./find-postgres-user";
import { renameUnlessTaken } from "./rename-unless-taken";

const run = promisify(execFile);

type Where = { home: string; programs: string; user: UserIds | null };

/**
 * Makes `cluster/data` in the home unless it is there, with a superuser `earshot` whose random password lies beside
 * it: loopback is open to every user of a machine, so trusting it would not do.
 * The folder appears whole or not at all: an interrupted attempt leaves only one of another name, removed here.
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
    // PostgreSQL's own locale: the same order on every machine, whatever locales that machine has.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
  await run(join(programs, "bin", "initdb"), options, { cwd: "/", ...user });
}

/** Names end in the process id of whoever was at it. */
function removeInterrupted(home: string) {
  for (const name of readdirSync(home)) {
    const pid = /^cluster\.(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(home, name), { recursive: true, force: true });
  }
}
