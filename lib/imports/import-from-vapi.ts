import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi } from "@vapi-ai/server-sdk";
import { db } from "@/db/client";
import { readImportRun } from "@/db/queries/imports/read-import-run";
import { writeImportRun } from "@/db/queries/imports/write-import-run";
import { type ImportOptions, importCalls } from "@/lib/imports/import-calls";
import type { ImportTally } from "@/lib/imports/import-tally";
import { askPatiently } from "@/lib/vapi/ask-patiently";
import { createVapiClient } from "@/lib/vapi/create-vapi-client";

export interface VapiImport extends ImportOptions {
  /** Calls made from here … */
  from: Date | null;
  /** … until before here. */
  until: Date | null;
  assistantId: string | null;
  pageSize: number;
  /** At least so long between two questions to Vapi. */
  everyMs: number;
  /** How long to wait before asking again, at first. */
  pauseMs: number;
  /** Is told after each page how far it has come. */
  onPage: (doneDownTo: Date) => void;
}

const retries = 8;

/**
 * Imports what Vapi still has (14 days, on most plans), newest first, page by page. How far it has come is kept after each page: one that
 * was killed goes on there, and calls that were gone through twice are there the second time.
 * @returns down to when an earlier import had come that this one went on with; null when it began anew
 * @throws VapiError when Vapi refuses, or stays out of reach
 */
export async function importFromVapi(options: VapiImport, tally: ImportTally): Promise<Date | null> {
  const key = JSON.stringify([options.from, options.until, options.assistantId]);
  const resumedAt = options.isDryRun ? null : await readImportRun(db, key);
  let bound: Bound = resumedAt ? { createdAtLe: resumedAt.toISOString() } : {};
  let seen = new Set<string>();
  for (;;) {
    const page = await listPage(options, bound);
    const fresh = page.filter(({ id }) => !seen.has(id));
    await importCalls(
      fresh.map((call) => ({ value: call, name: `Call ${call.id}` })),
      tally,
      options,
    );
    const oldest = page.at(-1)?.createdAt;
    if (oldest === undefined || page.length < options.pageSize) break;
    // Vapi goes on by the moment of creation alone: of a millisecond that fills a page, the rest cannot be asked for.
    if (page.every(({ createdAt }) => createdAt === oldest)) tally.crowded.set(oldest, page.length);
    // Calls of the very same millisecond may lie on both pages; a page full of them alone must be left behind.
    bound = fresh.length > 0 ? { createdAtLe: oldest } : { createdAtLt: oldest };
    seen = new Set(page.map(({ id }) => id));
    if (!options.isDryRun) await writeImportRun(db, key, new Date(oldest));
    options.onPage(new Date(oldest));
    await wait(options.everyMs);
  }
  if (!options.isDryRun) await writeImportRun(db, key, null);
  return resumedAt;
}

type Bound = { createdAtLe?: string; createdAtLt?: string };

function listPage(
  { from, until, assistantId, pageSize, pauseMs, say }: VapiImport,
  bound: Bound,
): Promise<Vapi.Call[]> {
  const client = createVapiClient({ timeoutInSeconds: 60, maxRetries: 0 });
  const request: Vapi.ListCallsRequest = {
    limit: pageSize,
    ...(assistantId && { assistantId }),
    ...(from && { createdAtGe: from.toISOString() }),
    ...(until && !bound.createdAtLe && { createdAtLt: until.toISOString() }),
    ...bound,
  };
  return askPatiently(() => client.calls.list(request), { retries, pauseMs, onPause: say });
}
