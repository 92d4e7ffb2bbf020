import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  changeImportJob,
  type ImportJobRow,
  insertImportJob,
  listImportJobs,
} from "@/db/queries/import-jobs";
import type { By } from "@/lib/audit/audit";
import type { ImportChange, ImportJob } from "@/lib/imports/job";

const dayMs = 86_400_000;

/** Begins an import of the calls made on these days (UTC, both included); null while another one is unfinished. */
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

/** Pauses an import, lets it go on or ends it; what was imported stays. False where it is in no state for that. */
export function changeImport(db: Database, id: string, to: ImportChange, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isChanged = await changeImportJob(tx, id, to);
    if (isChanged) await recordAudit(tx, { ...by, action: actionOf[to], target: id });
    return isChanged;
  });
}

/** The last imports, newest first. */
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

/** Vapi does not say how many calls there are: how much of the span is done stands for it. */
function shareOf(from: Date, until: Date, doneDownTo: Date | null): number {
  if (doneDownTo === null) return 0;
  const spanMs = Math.max(1, until.getTime() - from.getTime());
  return Math.min(1, Math.max(0, (until.getTime() - doneDownTo.getTime()) / spanMs));
}
