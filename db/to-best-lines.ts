import type { LineFact } from "@/db/facts";
import type { reports } from "@/db/schema/reports";
import { toReportLines } from "@/db/to-report";
import { toLine } from "@/db/to-rows";
import type { Line } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";

/** What was said on a call, of the best source there is: its report's messages, else what was heard. */
export function toBestLines(
  report: Pick<typeof reports.$inferSelect, "callId" | "messages"> | null,
  heard: readonly LineFact[],
): readonly Line[] {
  return report && report.messages.length > 0 ? toReportLines(report) : mergeLines([], heard.map(toLine));
}
