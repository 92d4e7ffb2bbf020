import "server-only";
import type { Database } from "@/db/client";
import { streamReports } from "@/db/queries/reports/stream-reports";
import { toCsvLine } from "@/lib/http/to-csv-line";
import type { ReportFilter } from "@/lib/reports/report-filter";
import { type ExportFormat, exportColumns, toExportLine } from "@/lib/reports/to-export";

const batch = 500;

/** The filtered archive as pieces of a file, each made when the reader is ready for it: its length does not matter. */
export async function* exportReports(
  db: Database,
  filter: ReportFilter,
  { format, isMasked }: { format: ExportFormat; isMasked: boolean },
): AsyncGenerator<string> {
  if (format === "csv") yield toCsvLine(exportColumns);
  for await (const rows of streamReports(db, filter, { isMasked, batch })) {
    yield rows.map((row) => toExportLine(row, format, isMasked)).join("");
  }
}
