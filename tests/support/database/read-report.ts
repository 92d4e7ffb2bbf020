import type { Facts } from "@/db/queries/record/facts";
import { toReport, toReportLines } from "@/db/queries/reports/rows";
import type { SourceLine } from "@/lib/calls/line";
import type { Report } from "@/lib/calls/report";
import { projectReport } from "@/lib/reports/server/project-report";
import { reportMessageSchema } from "@/lib/reports/server/report-parts";

/** Returns the report of a message as pages get it, and what it states about the call, without a database. */
export function readReport(message: object): { report: Report; lines: SourceLine[]; call: Facts["call"] } {
  const { report, call } = projectReport(
    reportMessageSchema.parse(message),
    new Date("2026-08-01T10:02:00.000Z"),
  );
  if (!report) throw new Error("A report that is none.");
  const row = { ...report, callId: "call" };
  return { report: toReport(row), lines: toReportLines(row), call };
}
