import "server-only";
import { inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { LineFact } from "@/db/facts";
import { lines } from "@/db/schema/lines";
import { reports } from "@/db/schema/reports";
import { toBestLines } from "@/db/to-best-lines";
import type { Line } from "@/lib/calls/line";

export interface CallText {
  summary: string | null;
  successEvaluation: string | null;
  /** Of the best source there is: the report's, else what was heard. */
  lines: readonly Line[];
}

const nothing: CallText = { summary: null, successEvaluation: null, lines: [] };

/** What was said on these calls, and what their reports make of it. */
export async function readCallTexts(
  db: Pick<Database, "select">,
  callIds: readonly string[],
): Promise<(callId: string) => CallText> {
  if (callIds.length === 0) return () => nothing;
  const reportRows = await db
    .select()
    .from(reports)
    .where(inArray(reports.callId, [...callIds]));
  const told = new Map(reportRows.map((row) => [row.callId, row]));
  const untold = callIds.filter((id) => !told.get(id)?.messages.length);
  const heard = untold.length > 0 ? await db.select().from(lines).where(inArray(lines.callId, untold)) : [];
  const heardOf = new Map<string, LineFact[]>(untold.map((id) => [id, []]));
  for (const row of heard) heardOf.get(row.callId)?.push(row);
  return (callId) => {
    const report = told.get(callId);
    return {
      summary: report?.summary ?? null,
      successEvaluation: report?.successEvaluation ?? null,
      lines: toBestLines(report ?? null, heardOf.get(callId) ?? []),
    };
  };
}
