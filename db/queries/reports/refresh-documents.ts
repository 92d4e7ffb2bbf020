import "server-only";
import { inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { readCallTexts } from "@/db/queries/reports/read-call-texts";
import { saveDocuments } from "@/db/queries/reports/save-documents";
import { calls } from "@/db/schema/calls";
import { toDocument } from "@/db/to-document";
import { isOver } from "@/lib/calls/call";

/** Makes the documents of these calls anew, of those that are over. Safe to repeat, and to run at once with others. */
export async function refreshDocuments(db: Database, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  // The calls are read first: what comes in meanwhile makes a later version, and so another document.
  const rows = (
    await db
      .select()
      .from(calls)
      .where(inArray(calls.id, [...callIds]))
  ).filter(({ status }) => isOver(status));
  const textOf = await readCallTexts(
    db,
    rows.map(({ id }) => id),
  );
  await saveDocuments(
    db,
    rows.map((row) => toDocument(row, textOf(row.id))),
  );
}
