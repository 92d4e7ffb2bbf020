import "server-only";
import { getTableColumns, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { columnName } from "@/db/column-name";
import { fromRecord } from "@/db/from-record";
import { type CallFigures, callFigures } from "@/db/schema/call-figures";
import { type CallRow, calls } from "@/db/schema/calls";
import { marks } from "@/db/schema/marks";
import { reports } from "@/db/schema/reports";
import { toCall } from "@/db/to-call";
import { toMark } from "@/db/to-rows";
import { toMeasures } from "@/lib/analytics/figures";
import { isOver } from "@/lib/calls/call";
import { toEndCode } from "@/lib/calls/ended-reason";
import type { Mark } from "@/lib/calls/parts";

type Reported = Pick<typeof reports.$inferSelect, "latency" | "transfers">;

const { callId: _, ...changing } = getTableColumns(callFigures);

/**
 * Derives what these calls count for, those that are over, and keeps it. Call, marks and report are read in one snapshot, and what
 * follows from an older version of a call never replaces what follows from a newer: order and repetition do not matter.
 */
export async function deriveFigures(db: Database, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  const found = await db
    .select({
      call: sql<Record<string, unknown>>`to_jsonb(${calls})`,
      marks: sql<Record<string, unknown>[]>`coalesce(
        (select jsonb_agg(to_jsonb(${marks})) from ${marks} where ${marks.callId} = ${calls.id}), '[]'::jsonb)`,
      report: sql<Reported | null>`(
        select jsonb_build_object('latency', ${reports.latency}, 'transfers', ${reports.transfers})
        from ${reports} where ${reports.callId} = ${calls.id})`,
    })
    .from(calls)
    .where(inArray(calls.id, [...callIds]));
  const figures = found
    .map((record) => ({
      call: fromRecord(calls, record.call),
      marks: record.marks.map((mark) => toMark(fromRecord(marks, mark))),
      report: record.report,
    }))
    .filter(({ call }) => isOver(call.status))
    .map((known) => toFigures(known.call, known.marks, known.report));
  if (figures.length === 0) return;
  await db
    .insert(callFigures)
    // In one order, so that two who save the same calls wait for one another instead of for ever.
    .values(figures.toSorted((a, b) => (a.callId < b.callId ? -1 : 1)))
    .onConflictDoUpdate({
      target: callFigures.callId,
      set: Object.fromEntries(
        Object.entries(changing).map(([key, column]) => [key, sql.raw(`excluded.${columnName(column)}`)]),
      ),
      setWhere: lt(callFigures.callVersion, sql.raw("excluded.call_version")),
    });
}

function toFigures(row: CallRow, itsMarks: readonly Mark[], report: Reported | null): CallFigures {
  const call = toCall(row);
  const { replies, ...measures } = toMeasures(call, itsMarks, report);
  return {
    callId: row.id,
    callVersion: row.version,
    at: row.createdAt,
    assistant: row.assistantId ?? row.assistantName ?? "",
    assistantName: row.assistantName,
    number: row.phoneNumber ?? "",
    reason: toEndCode(call) ?? "",
    ...measures,
    replies: [...replies],
  };
}
