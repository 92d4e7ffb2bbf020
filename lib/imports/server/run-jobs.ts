import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Database } from "@/db/client";
import { claimImportJob, type ImportJobRow, saveImportJob } from "@/db/queries/import-jobs";
import { toVapiTrouble } from "@/lib/connect/server/vapi-api";
import { createImportTally, importPage, listPage } from "@/lib/imports/server/import";
import { log } from "@/lib/log";
import { nextPage } from "@/lib/vapi/list-calls";
import { mayPass, pauseAfter } from "@/lib/vapi/server/client";

export interface ImportPace {
  pageSize: number;
  /** At least so long between two questions to Vapi. */
  everyMs: number;
  /** After so long it is left to the next tick. */
  budgetMs: number;
}

/** A serverless function has time to answer, and Vapi's other users have theirs. */
const usualPace: ImportPace = { pageSize: 50, everyMs: 1_000, budgetMs: 20_000 };

/**
 * Carries on the import that is running, page by page, where it stopped, whichever process was at it. A page that was gone through
 * twice is there the second time.
 */
export async function runImports(db: Database, pace = usualPace): Promise<void> {
  const claimed = await claimImportJob(db, randomUUID());
  if (!claimed) return;
  const until = Date.now() + pace.budgetMs;
  let job: ImportJobRow | null = claimed;
  for (;;) {
    job = await runPage(db, job, pace);
    if (!job) return;
    if (Date.now() + pace.everyMs > until) break;
    await wait(pace.everyMs);
  }
  await saveImportJob(db, job, {}, true);
}

/** Imports one page; the job as it is then, or null where it does not go on now. */
async function runPage(db: Database, job: ImportJobRow, { pageSize }: ImportPace) {
  const page = await askForPage(db, job, pageSize);
  if (!page) return null;
  const tally = createImportTally();
  const say = (line: string) => log("warn", "a call was not imported", { reason: line });
  await importPage(page, new Set(job.lastPage), pageSize, tally, { isDryRun: false, say });
  const bound = nextPage(page, pageSize);
  const isLast = bound === null;
  const oldest = page.at(-1)?.createdAt;
  const progress = {
    imported: job.imported + tally.imported,
    known: job.known + tally.known,
    goingOn: job.goingOn + tally.goingOn,
    deleted: job.deleted + tally.deleted,
    failed: job.failed + tally.failed,
    crowded: job.crowded + tally.crowded.size,
    error: null,
    retryAt: null,
    bound,
    lastPage: page.map(({ id }) => id),
    ...(oldest && { doneDownTo: new Date(oldest) }),
    ...(isLast && { state: "done" as const, endedAt: new Date() }),
  };
  const isSaved = await saveImportJob(db, job, progress, isLast);
  return isSaved && !isLast ? { ...job, ...progress } : null;
}

/** Null where Vapi refuses, which ends the import, or asks for patience, which it then has. */
async function askForPage(db: Database, job: ImportJobRow, pageSize: number): Promise<Vapi.Call[] | null> {
  const span = { from: job.fromAt, until: job.untilAt, assistantId: null };
  try {
    return await listPage(span, job.bound ?? {}, pageSize);
  } catch (cause) {
    const { message } = toVapiTrouble(cause, null);
    log("warn", "an import could not go on", { importId: job.id, error: cause });
    const retryAt = new Date(Date.now() + ((await pauseAfter(cause)) ?? 30_000));
    const outcome = (await mayPass(cause))
      ? { error: message, retryAt }
      : { error: message, state: "failed" as const, endedAt: new Date() };
    await saveImportJob(db, job, outcome, true);
    return null;
  }
}
