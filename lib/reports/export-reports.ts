import "server-only";
import type { Database } from "@/db/client";
import { streamReports } from "@/db/queries/reports/stream-reports";
import { toCsvLine } from "@/lib/http/server/http";
import type { ExportFormat } from "@/lib/reports/export-format";
import type { ReportFilter } from "@/lib/reports/report-filter";
import { exportColumns, toExportLine } from "@/lib/reports/to-export";

/** A call is some hundred bytes, its transcript up to some hundred thousand. */
const batches: Record<ExportFormat, number> = { csv: 500, jsonl: 500, transcripts: 50 };

/** The filtered archive as pieces of a file, each made when the reader is ready for it: its length does not matter. */
export async function* exportReports(
  db: Database,
  filter: ReportFilter,
  { format, isMasked }: { format: ExportFormat; isMasked: boolean },
): AsyncGenerator<string> {
  if (format === "csv") yield toCsvLine(exportColumns);
  const streaming = { isMasked, batch: batches[format], withTranscripts: format === "transcripts" };
  for await (const rows of streamReports(db, filter, streaming)) {
    yield rows.map((row) => toExportLine(row, format, isMasked)).join("");
  }
}
