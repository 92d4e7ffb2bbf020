import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { importRuns } from "@/db/schema/operations";
import { deletedCalls } from "@/db/schema/reconciliation";
import { reports } from "@/db/schema/reports";

export interface KnownCall {
  conversationId: string;
  hasReport: boolean;
}

/** Keeps what Vapi still knows of these calls from bringing them back. Give the transaction that deletes them. */
export async function rememberDeleted(db: Pick<Database, "insert">, ids: readonly string[]): Promise<void> {
  await db
    .insert(deletedCalls)
    .values(ids.map((callId) => ({ callId })))
    .onConflictDoNothing();
}

/** Which of the calls somebody has deleted. */
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

/** Those of the calls that are there already, by id. */
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

/** Down to when an import of this key has come, if it was cut off. */
export async function readImportRun(db: Pick<Database, "select">, key: string): Promise<Date | null> {
  const [run] = await db.select().from(importRuns).where(eq(importRuns.key, key));
  return run?.doneDownTo ?? null;
}

/** Remembers down to when an import has come; null: to its end, the next one begins anew. */
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
