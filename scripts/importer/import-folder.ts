import type { ImportTally } from "@/lib/imports/server/import";
import { type ImportOptions, importCalls, type Source } from "@/lib/imports/server/import";
import { readImportFiles } from "@/scripts/importer/read-folder";

const atOnce = 50;

/** Imports all reports and calls that lie in the files of a folder. */
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
