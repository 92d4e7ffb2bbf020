import { fromRecord } from "@/db/from-record";
import type { StreamedReport } from "@/db/queries/reports/stream-reports";
import { lines } from "@/db/schema/lines";
import { marks } from "@/db/schema/marks";
import { toLines } from "@/db/to-lines";
import { findDirection } from "@/lib/calls/call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { maskAnswer, maskJson, maskLine, maskName, maskNumber, maskText } from "@/lib/calls/mask";
import { toCsvLine } from "@/lib/http/server/http";
import type { ExportFormat } from "@/lib/reports/export-format";

/** The columns of the CSV, and the keys of each JSON line. */
export const exportColumns = [
  "id",
  "createdAt",
  "startedAt",
  "endedAt",
  "durationSeconds",
  "direction",
  "assistantId",
  "assistantName",
  "customerName",
  "customerNumber",
  "phoneNumber",
  "endedReason",
  "endedReasonWords",
  "endedGroup",
  "success",
  "successEvaluation",
  "costUsd",
  "hangs",
  "tags",
  "score",
  "summary",
  "structuredData",
] as const;

type Exported = Record<(typeof exportColumns)[number], unknown>;

/** One call as a line of the file. Formulas are made harmless in CSV (toCsvLine). */
export function toExportLine(row: StreamedReport, format: ExportFormat, isMasked: boolean): string {
  const exported = toExported(isMasked ? mask(row) : row);
  if (format === "csv") return toCsvLine(exportColumns.map((column) => toCell(exported[column])));
  if (format === "jsonl") return `${JSON.stringify(exported)}\n`;
  return `${JSON.stringify({ ...exported, transcript: toSaid(row, isMasked) })}\n`;
}

/** What was said, ascending by time. */
function toSaid(row: StreamedReport, isMasked: boolean) {
  const said = toLines(
    {
      report: row.messages ? { callId: row.id, messages: row.messages } : null,
      lines: row.lines?.map((record) => fromRecord(lines, record)) ?? [],
      startedAt: row.startedAt === null ? null : new Date(row.startedAt),
    },
    row.marks?.map((record) => fromRecord(marks, record)) ?? [],
  );
  return said
    .map((line) => (isMasked ? maskLine(line, [row.customerName]) : line))
    .map(({ id: _, endedAt: __, final: ___, ...line }) => line);
}

function toExported(row: StreamedReport): Exported {
  const {
    type,
    isSuccess,
    createdAt,
    startedAt,
    endedAt,
    endedReason,
    messages,
    lines: _,
    marks: __,
    ...rest
  } = row;
  const endCode = toEndCode({ endedReason, endedWaiting: row.endedGroup === "caller-gave-up" });
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    startedAt: startedAt && new Date(startedAt).toISOString(),
    endedAt: endedAt && new Date(endedAt).toISOString(),
    endedReason,
    endedReasonWords: endCode && describeEndedReason(endCode).words,
    direction: findDirection(type),
    success: isSuccess,
  };
}

/** As viewers see it, on pages too. */
function mask(row: StreamedReport): StreamedReport {
  const { customerName, customerNumber, phoneNumber, summary, successEvaluation, structuredData, tags } = row;
  const names = [customerName];
  return {
    ...row,
    customerName: customerName && maskName(customerName),
    customerNumber: customerNumber && maskNumber(customerNumber),
    phoneNumber: phoneNumber && maskNumber(phoneNumber),
    summary: summary && maskText(summary, names),
    successEvaluation: successEvaluation && maskAnswer(successEvaluation, names),
    structuredData: maskJson(structuredData, names),
    tags: tags.map((tag) => maskText(tag, names)),
  };
}

function toCell(value: Exported[keyof Exported]): string | number | null {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return value === null || value === undefined ? null : JSON.stringify(value);
}
