import "server-only";
import { inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { lines } from "@/db/schema/lines";
import { reports } from "@/db/schema/reports";
import { toLines } from "@/db/to-lines";
import type { Line } from "@/lib/calls/line";

export interface CallText {
  summary: string | null;
  successEvaluation: string | null;
  /** Merged of all that every source brought. */
  lines: readonly Line[];
}

const nothing: CallText = { summary: null, successEvaluation: null, lines: [] };

/** What was said on these calls, and what their reports make of it. */
export async function readCallTexts(
  db: Pick<Database, "select">,
  callIds: readonly string[],
): Promise<(callId: string) => CallText> {
  if (callIds.length === 0) return () => nothing;
  const ids = [...callIds];
  const [reportRows, lineRows, started] = await Promise.all([
    db.select().from(reports).where(inArray(reports.callId, ids)),
    db.select().from(lines).where(inArray(lines.callId, ids)),
    db.select({ id: calls.id, startedAt: calls.startedAt }).from(calls).where(inArray(calls.id, ids)),
  ]);
  const reportOf = new Map(reportRows.map((row) => [row.callId, row]));
  const startOf = new Map(started.map(({ id, startedAt }) => [id, startedAt]));
  const linesOf = new Map<string, typeof lineRows>(ids.map((id) => [id, []]));
  for (const row of lineRows) linesOf.get(row.callId)?.push(row);
  return (callId) => {
    const report = reportOf.get(callId) ?? null;
    const startedAt = startOf.get(callId) ?? null;
    return {
      summary: report?.summary ?? null,
      successEvaluation: report?.successEvaluation ?? null,
      lines: toLines({ report, lines: linesOf.get(callId) ?? [], startedAt }, []),
    };
  };
}
