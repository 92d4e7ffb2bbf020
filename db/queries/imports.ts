import "server-only";
import { and, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { calls } from "@/db/schema/calls";
import { importRuns } from "@/db/schema/operations";
import { deletedCalls, importJobs } from "@/db/schema/reconciliation";
import { reports } from "@/db/schema/reports";
import type { ImportChange, ImportState } from "@/lib/imports/job";

interface KnownCall {
  conversationId: string;
  hasReport: boolean;
}

/** Keeps deleted calls from being imported again. Pass the transaction that deletes them. */
export async function rememberDeleted(db: Pick<Database, "insert">, ids: readonly string[]): Promise<void> {
  await db
    .insert(deletedCalls)
    .values(ids.map((callId) => ({ callId })))
    .onConflictDoNothing();
}

/** Which of the calls have been deleted. */
export async function findDeletedCalls(
  db: Pick<Database, "select">,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await db
    .select({ id: deletedCalls.callId })
    .from(deletedCalls)
    .where(inArray(deletedCalls.callId, [...ids]));
  return new Set(found.map(({ id }) => id));
}

/** The calls among these that are stored already, by id. */
export async function findKnownCalls(
  db: Pick<Database, "select">,
  ids: readonly string[],
): Promise<Map<string, KnownCall>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: calls.id, conversationId: calls.conversationId, reportOf: reports.callId })
    .from(calls)
    .leftJoin(reports, eq(reports.callId, calls.id))
    .where(inArray(calls.id, [...ids]));
  return new Map(
    found.map(({ id, conversationId, reportOf }) => [id, { conversationId, hasReport: reportOf !== null }]),
  );
}

/** How far back an interrupted import of this key got; null without one. */
export async function readImportRun(db: Pick<Database, "select">, key: string): Promise<Date | null> {
  const [run] = await db.select().from(importRuns).where(eq(importRuns.key, key));
  return run?.doneDownTo ?? null;
}

/** Stores how far back an import got; null: it is complete, and the next one starts afresh. */
export async function writeImportRun(
  db: Pick<Database, "insert">,
  key: string,
  doneDownTo: Date | null,
): Promise<void> {
  const now = sql`now()`;
  await db
    .insert(importRuns)
    .values({ key, doneDownTo, updatedAt: now })
    .onConflictDoUpdate({ target: importRuns.key, set: { doneDownTo, updatedAt: now } });
}

export type ImportJobRow = typeof importJobs.$inferSelect;

const mostListed = 20;

/** Imports started in the browser, newest first. */
export function listImportJobs(db: Pick<Database, "select">): Promise<ImportJobRow[]> {
  return db.select().from(importJobs).orderBy(newestFirst(importJobs.startedAt)).limit(mostListed);
}

/** Starts an import; null while another one is unfinished. */
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

/** The states from which each state can be reached. */
const before: Readonly<Record<ImportChange, ImportState[]>> = {
  running: ["paused"],
  paused: ["running"],
  cancelled: ["running", "paused"],
};

/** Pauses, resumes or cancels an import; false when its state does not allow that. */
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

/** Longer than one page takes, so an expired lease means that its holder died. */
const leaseSeconds = 60;

const leased = sql`now() + make_interval(secs => ${leaseSeconds})`;

/** Claims the running import, unless another process holds it or Vapi asked to wait. */
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

/** Stores the holder's progress; false when the import was paused or cancelled, or another process holds it. */
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
