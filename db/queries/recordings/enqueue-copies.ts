import "server-only";
import { and, desc, eq, gt, isNotNull, notExists, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordingCopies } from "@/db/schema/recording-copies";
import { reports } from "@/db/schema/reports";

/** Vapi keeps recordings for this long. */
const vapiDays = 14;
const atOnce = 500;

/** Puts recordings that nobody has copied yet on the list, the newest first. */
export async function enqueueCopies(db: Pick<Database, "select" | "insert">): Promise<void> {
  const copied = db
    .select({ one: sql`1` })
    .from(recordingCopies)
    .where(eq(recordingCopies.callId, reports.callId));
  const found = await db
    .select({ callId: reports.callId })
    .from(reports)
    .where(
      and(
        gt(reports.at, sql`now() - make_interval(days => ${vapiDays})`),
        or(isNotNull(reports.recordingUrl), isNotNull(reports.stereoRecordingUrl)),
        notExists(copied),
      ),
    )
    .orderBy(desc(reports.at))
    .limit(atOnce);
  if (found.length > 0) await db.insert(recordingCopies).values(found).onConflictDoNothing();
}
