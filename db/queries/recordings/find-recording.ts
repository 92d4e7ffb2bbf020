import "server-only";
import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { type RecordingCopyRow, recordingCopies } from "@/db/schema/recording-copies";
import { reports } from "@/db/schema/reports";

export interface FoundRecording {
  callId: string;
  /** Null: no report has come. */
  report: { hasRecording: boolean } | null;
  /** Our own, when it is there. */
  copy: RecordingCopyRow | null;
}

/** What is known of where a call's recording lies; null when there is no such call. */
export async function findRecording(db: Database, callId: string): Promise<FoundRecording | null> {
  const [found] = await db
    .select({
      callId: calls.id,
      reportOf: reports.callId,
      recordingUrl: reports.recordingUrl,
      stereoRecordingUrl: reports.stereoRecordingUrl,
      copy: recordingCopies,
    })
    .from(calls)
    .leftJoin(reports, eq(reports.callId, calls.id))
    .leftJoin(recordingCopies, and(eq(recordingCopies.callId, calls.id), eq(recordingCopies.state, "kept")))
    .where(eq(calls.id, callId));
  if (!found) return null;
  const { reportOf, copy, recordingUrl, stereoRecordingUrl } = found;
  return {
    callId,
    copy,
    report: reportOf === null ? null : { hasRecording: Boolean(recordingUrl ?? stereoRecordingUrl) },
  };
}
