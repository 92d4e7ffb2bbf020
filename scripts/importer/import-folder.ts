import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type ImportOptions, type ImportTally, importCalls, type Source } from "@/lib/imports/server/import";
import { UsageError } from "@/scripts/local/cli/read-options";

const atOnce = 50;

/** Imports all reports and calls found in the files of a folder. */
export async function importFolder(
  folder: string,
  files: readonly string[],
  options: ImportOptions & { onBatch: (filesDone: number) => void },
  tally: ImportTally,
): Promise<void> {
  let batch: Source[] = [];
  const flush = async (filesDone: number) => {
    await importCalls(batch, tally, options);
    batch = [];
    options.onBatch(filesDone);
  };
  for await (const source of readImportFiles(folder, files)) {
    batch.push(source);
    if (batch.length === atOnce) await flush(source.file);
  }
  await flush(files.length);
}

/**
 * Lists the files of a folder and its subfolders that may hold reports or calls.
 *
 * @throws a UsageError when there are none
 */
export function findImportFiles(folder: string): string[] {
  if (!existsSync(folder)) throw new UsageError(`${folder} does not exist.`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|jsonl)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  if (files.length === 0) throw new UsageError(`No reports (*.json, *.jsonl) found in ${folder}.`);
  return files;
}

/** Yields all values in order, with their file's index. A .json file holds one value or a list, .jsonl one per line. */
async function* readImportFiles(
  folder: string,
  files: readonly string[],
): AsyncGenerator<Source & { file: number }> {
  for (const [index, file] of files.entries()) {
    const name = relative(resolve(folder), resolve(file));
    if (!file.endsWith(".jsonl")) {
      const value = parse(readFileSync(file, "utf8"));
      const values: unknown[] = Array.isArray(value) ? value : [value];
      yield* values.map((one, at) => ({
        value: one,
        name: values.length > 1 ? `${name}[${at}]` : name,
        file: index,
      }));
      continue;
    }
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line += 1;
      if (text.trim()) yield { value: parse(text), name: `${name}:${line}`, file: index };
    }
  }
}

/** Returns undefined for invalid JSON, which the import counts as a failure. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Summarizes an import in a few lines. */
export function describeImport(tally: ImportTally, isDryRun: boolean): string {
  const { imported, known, goingOn, deleted, failed, reasons, crowded } = tally;
  const lines = [
    `${isDryRun ? "Would be imported" : "Imported"}: ${imported}`,
    `Already imported: ${known}`,
    ...(goingOn > 0 ? [`Still in progress: ${goingOn}`] : []),
    ...(deleted > 0 ? [`Skipped because deleted here: ${deleted}`] : []),
    `Failed: ${failed}`,
    ...[...reasons].map(([reason, count]) => `  ${count} × ${reason}`),
    ...[...crowded].map(
      ([at, seen]) =>
        `Possibly incomplete: ${seen} calls were created at ${at}, the most Vapi lists for one millisecond. Import the rest from files with --folder.`,
    ),
  ];
  return lines.join("\n");
}
