import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  changeImportJob,
  claimImportJob,
  type ImportJobRow,
  insertImportJob,
  listImportJobs,
  saveImportJob,
} from "@/db/queries/imports";
import type { By } from "@/lib/audit/audit";
import { toVapiRequestError } from "@/lib/connect/server/vapi-api";
import type { ImportChange, ImportJob } from "@/lib/imports/job";
import { createImportTally, importPage, listPage } from "@/lib/imports/server/import";
import { log } from "@/lib/log";
import { nextPage } from "@/lib/vapi/list-calls";
import { mayPass, pauseAfter } from "@/lib/vapi/server/client";

const dayMs = 86_400_000;

/** Starts an import of the calls created on these days (UTC, inclusive); null while another import is unfinished. */
export function startImport(
  db: Database,
  { from, to }: { from: string; to: string },
  by: By,
  now = new Date(),
): Promise<string | null> {
  const untilMs = Math.min(Date.parse(to) + dayMs, now.getTime());
  return db.transaction(async (tx) => {
    const job = { fromAt: new Date(from), untilAt: new Date(untilMs), startedBy: by.actor };
    const id = await insertImportJob(tx, job);
    if (id) await recordAudit(tx, { ...by, action: "import.started", target: id, detail: { from, to } });
    return id;
  });
}

const actionOf = {
  running: "import.resumed",
  paused: "import.paused",
  cancelled: "import.cancelled",
} as const;

/** Pauses, resumes or cancels an import; imported calls stay. False if its state does not allow that. */
export function changeImport(db: Database, id: string, to: ImportChange, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isChanged = await changeImportJob(tx, id, to);
    if (isChanged) await recordAudit(tx, { ...by, action: actionOf[to], target: id });
    return isChanged;
  });
}

/** The most recent imports, newest first. */
export async function readImports(db: Pick<Database, "select">): Promise<ImportJob[]> {
  return (await listImportJobs(db)).map(toImportJob);
}

function toImportJob(row: ImportJobRow): ImportJob {
  const { state, fromAt, untilAt, startedBy, startedAt, endedAt, doneDownTo } = row;
  const { id, imported, known, goingOn, deleted, failed, error } = row;
  const done = imported + known + goingOn + deleted + failed;
  const share = state === "done" ? 1 : shareOf(fromAt, untilAt, doneDownTo);
  return {
    id,
    state,
    from: fromAt.toISOString(),
    until: untilAt.toISOString(),
    startedBy: startedBy.name,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...{ imported, known, goingOn, deleted, failed, done, share, error },
    total: share > 0 ? Math.round(done / share) : null,
    isEstimate: state !== "done",
  };
}

/** Vapi does not return the number of calls, so progress is the finished part of the span. */
function shareOf(from: Date, until: Date, doneDownTo: Date | null): number {
  if (doneDownTo === null) return 0;
  const spanMs = Math.max(1, until.getTime() - from.getTime());
  return Math.min(1, Math.max(0, (until.getTime() - doneDownTo.getTime()) / spanMs));
}

interface ImportPace {
  pageSize: number;
  /** Minimum time between two requests to Vapi. */
  everyMs: number;
  /** After this long, the next tick continues. */
  budgetMs: number;
}

/** Within a serverless function's time limit, and slow enough for Vapi's rate limit. */
const usualPace: ImportPace = { pageSize: 50, everyMs: 1_000, budgetMs: 20_000 };

/** Continues the running import page by page, whichever process ran it before. Importing a page twice changes nothing. */
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

/** Imports one page. Returns the updated job, or null when it cannot continue now. */
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

/** Null if Vapi rejects the request, which ends the import, or asks to wait, which is then stored. */
async function askForPage(db: Database, job: ImportJobRow, pageSize: number): Promise<Vapi.Call[] | null> {
  const span = { from: job.fromAt, until: job.untilAt, assistantId: null };
  try {
    return await listPage(span, job.bound ?? {}, pageSize);
  } catch (cause) {
    const { message } = await toVapiRequestError(cause, null);
    log("warn", "an import was interrupted", { importId: job.id, error: cause });
    const retryAt = new Date(Date.now() + ((await pauseAfter(cause)) ?? 30_000));
    const outcome = (await mayPass(cause))
      ? { error: message, retryAt }
      : { error: message, state: "failed" as const, endedAt: new Date() };
    await saveImportJob(db, job, outcome, true);
    return null;
  }
}
