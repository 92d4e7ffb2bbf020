import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/lossless-json";
import { UsageError } from "@/scripts/local/cli/read-options";
import type { Capture, RecordedBody } from "@/scripts/replayer/capture";

const entrySchema = z.looseObject({ file: z.string().optional(), atSeconds: z.number().optional() });
const indexSchema = z.looseObject({ events: z.array(entrySchema) });

type IndexEntry = z.infer<typeof entrySchema>;

/** Reads a folder's `index.json`: its files in order, with their times if known. Null if it is missing or unreadable. */
function readIndex(folder: string): IndexEntry[] | null {
  const file = join(folder, "index.json");
  if (!existsSync(file)) return null;
  try {
    return indexSchema.parse(JSON.parse(readFileSync(file, "utf8"))).events;
  } catch {
    return null;
  }
}

const bodySchema = z.looseObject({
  message: z.looseObject({
    type: z.string().min(1),
    timestamp: z.union([z.number(), z.string()]).nullish().catch(null),
    call: z.looseObject({ id: z.string() }).nullish().catch(null),
  }),
});

/**
 * Parses a recorded body. JSON is posted compact, as Vapi does, whatever its formatting; anything else is posted unchanged.
 *
 * @param indexedMs its time according to the folder's index
 */
function toRecordedBody(file: string, bytes: Buffer, indexedMs: number | null): RecordedBody {
  return toBody(file, parse(bytes.toString("utf8")), bytes, indexedMs);
}

/** Like `toRecordedBody`, for a file that may hold a list of bodies in order of arrival. */
function toRecordedBodies(file: string, bytes: Buffer, indexedMs: number | null): RecordedBody[] {
  const json = parse(bytes.toString("utf8"));
  if (!Array.isArray(json)) return [toBody(file, json, bytes, indexedMs)];
  return json.map((body, index) => toBody(`${file}[${index}]`, body, bytes, indexedMs));
}

function toBody(file: string, json: unknown, bytes: Buffer, indexedMs: number | null): RecordedBody {
  const message = bodySchema.safeParse(json).data?.message;
  return {
    file,
    bytes: json === undefined ? bytes : Buffer.from(stringifyJson(json)),
    callId: message?.call?.id ?? null,
    atMs: readStamp(message?.timestamp) ?? indexedMs,
    isMalformed: message === undefined,
  };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function readStamp(stamp: number | string | null | undefined): number | null {
  const ms = typeof stamp === "string" ? Date.parse(stamp) : (stamp ?? Number.NaN);
  return Number.isFinite(ms) ? ms : null;
}

/** Reads a file that holds one body or a list of them. @param indexedMs its time according to the folder's index */
function readRecordedBodies(path: string, indexedMs: number | null): RecordedBody[] {
  return toRecordedBodies(path, readFileSync(path), indexedMs);
}

/** Reads a file of JSON lines, one body per line: a capture as exported by Earshot's event log. Skips empty lines. */
function readRecordedLines(path: string): RecordedBody[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, index) =>
      line.trim() ? [toRecordedBody(`${path}:${index + 1}`, Buffer.from(line), null)] : [],
    );
}

const isBody = (name: string) =>
  name.endsWith(".json") && name !== "index.json" && !name.endsWith(".headers.json");
const isLines = (name: string) => name.endsWith(".jsonl");
const byNumberThenName = new Intl.Collator("en", { numeric: true });

/**
 * Finds the captures in a folder and its subfolders, or in a single file. A folder with an `index.json` or with only
 * numbered files is a sequence, and so is a file of JSON lines; the bodies of any other folder are independent.
 *
 * @throws a UsageError when there is nothing to replay
 */
export function findCaptures(path: string): Capture[] {
  if (!existsSync(path)) throw new UsageError(`${path} does not exist.`);
  const root = resolve(path);
  const captures = statSync(root).isFile() ? [captureOfFile(path)] : capturesOfFolder(root, root);
  if (captures.length === 0) throw new UsageError(`No recorded bodies (*.json, *.jsonl) found in ${path}.`);
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

/** Sorts files as in the index; the rest follow by number and name. */
function orderFiles(files: readonly string[], indexed: readonly string[]): string[] {
  const place = (file: string) => (indexed.includes(file) ? indexed.indexOf(file) : indexed.length);
  return [...files].sort((a, b) => place(a) - place(b) || byNumberThenName.compare(a, b));
}
