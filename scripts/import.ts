import { createImportTally, importFromVapi } from "@/lib/imports/server/import";
import { canAskVapi } from "@/lib/vapi/server/client";
import { describeImport, findImportFiles, importFolder } from "./importer/import-folder";
import { openProgress } from "./importer/open-progress";
import { readImportOptions } from "./importer/read-import-options";
import { UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import type { Parts } from "./local/stack/create-parts";
import { withDatabase } from "./local/stack/with-database";

await runScript(async () => {
  const options = readImportOptions();
  const files = options.folder === null ? null : findImportFiles(options.folder);
  await withDatabase((_, parts) => run(options, files, parts));
});

async function run(
  options: ReturnType<typeof readImportOptions>,
  files: readonly string[] | null,
  parts: Parts,
): Promise<void> {
  if (!files && !(await canAskVapi())) {
    throw new UsageError(
      "Set VAPI_API_KEY to Vapi's private API key, save it under Settings → Assistants, or use --folder.",
    );
  }
  const tally = createImportTally();
  const newestMs = Math.min(Date.now(), options.until?.getTime() ?? Number.POSITIVE_INFINITY);
  const spanMs = options.from && newestMs - options.from.getTime();
  const progress = openProgress(files ? files.length : spanMs);
  parts.add(async () => progress.stop());
  const shared = { isDryRun: options.isDryRun, say: progress.say };

  if (options.folder !== null && files) {
    const onBatch = (done: number) => progress.show(done, tally, `${done} of ${files.length} files`);
    await importFolder(options.folder, files, { ...shared, onBatch }, tally);
  } else {
    const onPage = (at: Date) => progress.show(newestMs - at.getTime(), tally, `back to ${at.toISOString()}`);
    const all = { ...options, ...shared, pageSize: 100, pauseMs: 1_000, onPage };
    const resumedAt = await importFromVapi(all, tally).catch(explain);
    if (resumedAt)
      progress.say(`Resumed at ${resumedAt.toISOString()}, where an earlier import was interrupted.`);
  }
  progress.stop();
  console.log(describeImport(tally, options.isDryRun));
  if (tally.failed > 0 || tally.crowded.size > 0) process.exitCode = 1;
}

/** Turns an error from Vapi into a UsageError: the fix is not in this code, so a stack would not help. */
function explain(cause: unknown): never {
  const status = cause instanceof Error && "statusCode" in cause ? cause.statusCode : undefined;
  if (status === 401 || status === 403) {
    throw new UsageError(`Vapi rejected the API key (${status}). Use the private key.`, { cause });
  }
  const words = cause instanceof Error ? cause.message : String(cause);
  throw new UsageError(`The import stopped: ${words}\nImported calls are kept. Run it again to resume.`, {
    cause,
  });
}
