import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import type { reports } from "@/db/schema/reports";
import type { SourceLine } from "@/lib/calls/line";
import type { Report } from "@/lib/calls/report";

/** Whether a text contains a word of the caller's name, which maskText would hide. */
export function namesCaller(text: SQL, callId: AnyColumn): SQL {
  const words = (of: SQL) => sql`regexp_split_to_array(lower(${of}), '[^[:alnum:]]+')`;
  return sql`exists (
    select from ${calls} where ${calls.id} = ${callId} and ${calls.customerName} is not null
      and array_remove(${words(text)}, '') && array_remove(${words(sql`${calls.customerName}`)}, '')
  )`;
}

type ReportRow = typeof reports.$inferSelect;

/** A report's row in the shape used outside `db/`. */
export function toReport({
  callId: _,
  messages: __,
  recordingUrl,
  stereoRecordingUrl,
  ...row
}: ReportRow): Report {
  return { ...row, at: row.at.toISOString() };
}

/** The lines of the report's transcript, the final record of the call. */
export function toReportLines(row: Pick<ReportRow, "callId" | "messages">): SourceLine[] {
  return row.messages.map(({ role, text, at, endedAt, notBefore, isUntimed, ...more }, index) => ({
    id: `${row.callId}-${index}`,
    role,
    text,
    at: new Date(at).toISOString(),
    endedAt: toIso(endedAt),
    source: "report",
    final: true,
    isTimed: isUntimed !== true,
    notBefore: toIso(notBefore),
    ...more,
  }));
}

const toIso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
