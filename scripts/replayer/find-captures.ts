import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { Complaint } from "@/scripts/local/cli/complaint";
import type { Capture } from "@/scripts/replayer/capture";
import { readIndex } from "@/scripts/replayer/read-index";
import { readRecordedBodies } from "@/scripts/replayer/read-recorded-bodies";
import { readRecordedLines } from "@/scripts/replayer/read-recorded-lines";

const isBody = (name: string) =>
  name.endsWith(".json") && name !== "index.json" && !name.endsWith(".headers.json");
const isLines = (name: string) => name.endsWith(".jsonl");
const byNumberThenName = new Intl.Collator("en", { numeric: true });

/**
 * The captures of a folder and the folders below it, or of a single file. A folder with an `index.json`, or whose
 * files are all numbered, is a sequence, and so is a file of JSON lines; any other folder's bodies stand for themselves.
 *
 * @throws a Complaint when there is nothing to replay
 */
export function findCaptures(path: string): Capture[] {
  if (!existsSync(path)) throw new Complaint(`There is no ${path}.`);
  const root = resolve(path);
  const captures = statSync(root).isFile() ? [captureOfFile(path)] : capturesOfFolder(root, root);
  if (captures.length === 0)
    throw new Complaint(`There are no recorded bodies (*.json, *.jsonl) in ${path}.`);
  return captures;
}

function captureOfFile(path: string): Capture {
  if (isLines(path)) return captureOfLines(path, basename(path));
  const bodies = readRecordedBodies(path, null);
  return { name: basename(path), bodies, isSequence: bodies.length > 1 };
}

function captureOfLines(path: string, name: string): Capture {
  return { name, bodies: readRecordedLines(path), isSequence: true };
}

function capturesOfFolder(folder: string, root: string): Capture[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const subfolders = entries
    .filter((entry) => entry.isDirectory() && entry.name !== "headers")
    .map(({ name }) => name);
  const files = entries.filter((entry) => entry.isFile() && isBody(entry.name)).map(({ name }) => name);
  const below = subfolders
    .sort(byNumberThenName.compare)
    .flatMap((name) => capturesOfFolder(join(folder, name), root));
  const own = files.length ? [captureOfFolder(folder, files, relative(root, folder) || basename(root))] : [];
  return [...own, ...linesOfFolder(entries, folder, root), ...below];
}

function linesOfFolder(entries: readonly Dirent[], folder: string, root: string): Capture[] {
  return entries
    .filter((entry) => entry.isFile() && isLines(entry.name))
    .map(({ name }) => join(folder, name))
    .sort(byNumberThenName.compare)
    .map((path) => captureOfLines(path, relative(root, path)));
}

function captureOfFolder(folder: string, files: readonly string[], name: string): Capture {
  const index = readIndex(folder);
  const times = new Map(index?.map((entry) => [entry.file, entry.atSeconds]));
  const ordered = orderFiles(files, index?.flatMap(({ file }) => file ?? []) ?? []);
  const bodies = ordered.flatMap((file) => {
    const atSeconds = times.get(file);
    return readRecordedBodies(join(folder, file), atSeconds === undefined ? null : atSeconds * 1000);
  });
  return { name, bodies, isSequence: index !== null || files.every((file) => /^\d+\D/.test(file)) };
}

/** As the index has them; what it does not name comes after, by number and name. */
function orderFiles(files: readonly string[], indexed: readonly string[]): string[] {
  const place = (file: string) => (indexed.includes(file) ? indexed.indexOf(file) : indexed.length);
  return [...files].sort((a, b) => place(a) - place(b) || byNumberThenName.compare(a, b));
}
