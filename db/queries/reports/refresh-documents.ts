import "server-only";
import { inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { readCallTexts } from "@/db/queries/reports/read-call-texts";
import { saveDocuments } from "@/db/queries/reports/save-documents";
import { calls } from "@/db/schema/calls";
import { marks } from "@/db/schema/marks";
import { toDocument } from "@/db/to-document";
import { toMark } from "@/db/to-rows";
import { isOver } from "@/lib/calls/is-over";

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
  const [textOf, marksOf] = await Promise.all([
    readCallTexts(
      db,
      rows.map(({ id }) => id),
    ),
    readMarks(
      db,
      rows.filter(({ hangs }) => hangs > 0).map(({ id }) => id),
    ),
  ]);
  await saveDocuments(
    db,
    rows.map((row) => toDocument(row, textOf(row.id), marksOf(row.id))),
  );
}

/** Only calls with a warning need their marks: few. */
async function readMarks(db: Database, callIds: string[]) {
  const rows =
    callIds.length === 0 ? [] : await db.select().from(marks).where(inArray(marks.callId, callIds));
  return (callId: string) => rows.filter((row) => row.callId === callId).map(toMark);
}
