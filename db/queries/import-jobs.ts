import "server-only";
import { and, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { importJobs } from "@/db/schema/reconciliation";
import type { ImportChange, ImportState } from "@/lib/imports/job";

export type ImportJobRow = typeof importJobs.$inferSelect;

const mostListed = 20;

/** Imports begun in the browser, newest first. */
export function listImportJobs(db: Pick<Database, "select">): Promise<ImportJobRow[]> {
  return db.select().from(importJobs).orderBy(newestFirst(importJobs.startedAt)).limit(mostListed);
}

/** Begins an import; null while another one is unfinished. */
export async function insertImportJob(
  db: Pick<Database, "insert">,
  job: Pick<ImportJobRow, "fromAt" | "untilAt" | "startedBy">,
): Promise<string | null> {
  const [begun] = await db
    .insert(importJobs)
    .values(job)
    .onConflictDoNothing()
    .returning({ id: importJobs.id });
  return begun?.id ?? null;
}

/** From which states an import may come into which. */
const before: Readonly<Record<ImportChange, ImportState[]>> = {
  running: ["paused"],
  paused: ["running"],
  cancelled: ["running", "paused"],
};

/** Pauses an import, lets it go on or ends it; false where it is in no state for that. */
export async function changeImportJob(
  db: Pick<Database, "update">,
  id: string,
  to: ImportChange,
): Promise<boolean> {
  const changed = await db
    .update(importJobs)
    .set({
      state: to,
      error: null,
      retryAt: null,
      leasedUntil: null,
      ...(to === "cancelled" && { endedAt: sql`now()` }),
    })
    .where(and(eq(importJobs.id, id), inArray(importJobs.state, before[to])))
    .returning({ id: importJobs.id });
  return changed.length > 0;
}

/** Longer than a page takes: its holder is gone. */
const leaseSeconds = 60;

const leased = sql`now() + make_interval(secs => ${leaseSeconds})`;

/** Takes the import that is running, unless another process is at it or Vapi has asked for patience. */
export async function claimImportJob(
  db: Pick<Database, "update">,
  holder: string,
): Promise<ImportJobRow | null> {
  const { state, leasedUntil, retryAt } = importJobs;
  const [claimed] = await db
    .update(importJobs)
    .set({ holder, leasedUntil: leased })
    .where(
      and(
        eq(state, "running"),
        or(isNull(leasedUntil), lt(leasedUntil, sql`now()`)),
        or(isNull(retryAt), lte(retryAt, sql`now()`)),
      ),
    )
    .returning();
  return claimed ?? null;
}

/** Keeps how far its holder has come; false when somebody has paused or ended it, or another holds it. */
export async function saveImportJob(
  db: Pick<Database, "update">,
  { id, holder }: Pick<ImportJobRow, "id" | "holder">,
  progress: Partial<Omit<ImportJobRow, "id" | "holder" | "leasedUntil">>,
  isReleased: boolean,
): Promise<boolean> {
  const saved = await db
    .update(importJobs)
    .set({ ...progress, leasedUntil: isReleased ? null : leased })
    .where(and(eq(importJobs.id, id), eq(importJobs.state, "running"), eq(importJobs.holder, holder ?? "")))
    .returning({ id: importJobs.id });
  return saved.length > 0;
}
