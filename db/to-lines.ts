import type { LineFact, MarkFact } from "@/db/facts";
import type { reports } from "@/db/schema/reports";
import { toReportLines } from "@/db/to-report";
import { toHeardLine, toMark } from "@/db/to-rows";
import type { HeardLine, Line } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";

/** The rows that tell what was said on a call. */
export interface SaidRows {
  report: Pick<typeof reports.$inferSelect, "callId" | "messages"> | null;
  lines: readonly LineFact[];
  startedAt: Date | null;
}

/** What was said, as each source has it. */
export function toHeardLines({ report, lines, startedAt }: SaidRows): HeardLine[] {
  return [...(report ? toReportLines(report) : []), ...lines.map((row) => toHeardLine(row, startedAt))];
}

/** What was said on a call, merged of all that is known; the marks tell how far its clocks are apart. */
export function toLines(rows: SaidRows, marks: readonly MarkFact[]): Line[] {
  return mergeLines(toHeardLines(rows), { marks: marks.map(toMark) });
}
