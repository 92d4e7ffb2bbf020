import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { findNativeFolder, type NativeFolder } from "./find-native-folder";
import type { UserIds } from "./find-postgres-user";
import { renameUnlessTaken } from "./rename-unless-taken";

/** npm packages hold no symbolic links: the package lists them, and its install script (often blocked) makes them. */
type Link = { source: string; target: string };

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, complete and within its user's reach: npm's own where it
 * is both, otherwise a copy of it in `home`, made once per version.
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

/** The list names paths from the package's root: `native/lib/…`. */
function inside(folder: string, path: string) {
  return join(folder, path.replace(/^native\//, ""));
}

/** Links are relative, so that the folder can move. */
function addLink(folder: string, source: string, target: string) {
  const link = inside(folder, target);
  if (!existsSync(link)) symlinkSync(basename(source), link);
}

/** Asking the program itself settles reach, executable bits and libraries at once. */
function canRun(folder: string, user: UserIds | null): boolean {
  try {
    execFileSync(join(folder, "bin", "postgres"), ["--version"], { stdio: "pipe", cwd: "/", ...user });
    return true;
  } catch {
    return false;
  }
}

/** Public programs from a public package: whatever root's umask was, PostgreSQL's user must read and run them. */
function openToEverybody(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === "bin";
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
