import "server-only";
import type { Database } from "@/db/client";
import { toLines } from "@/db/queries/calls/lines";
import { type StreamedReport, streamReports } from "@/db/queries/reports/export";
import { fromRecord } from "@/db/rows";
import { lines, marks } from "@/db/schema/calls";
import { findDirection } from "@/lib/calls/call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { maskAnswer, maskJson, maskLine } from "@/lib/calls/mask";
import { maskCaller, maskNumber, maskText } from "@/lib/calls/mask-text";
import { toCsvLine } from "@/lib/http/server/http";
import type { ExportFormat } from "@/lib/reports/columns";
import type { ReportFilter } from "@/lib/reports/filter";

/** The columns of the CSV, and the keys of each JSON line. */
const exportColumns = [
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

/** Returns one call as a line of the file. Formulas are escaped in CSV (toCsvLine). */
function toExportLine(row: StreamedReport, format: ExportFormat, isMasked: boolean): string {
  const exported = toExported(isMasked ? mask(row) : row);
  if (format === "csv") return toCsvLine(exportColumns.map((column) => toCell(exported[column])));
  if (format === "jsonl") return `${JSON.stringify(exported)}\n`;
  return `${JSON.stringify({ ...exported, transcript: toSaid(row, isMasked) })}\n`;
}

/** Returns a call's transcript, ascending by time. */
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

/** Masks a call the same way as on pages. */
function mask(row: StreamedReport): StreamedReport {
  const { customerName, phoneNumber, summary, successEvaluation, structuredData, tags } = row;
  const names = [customerName];
  return {
    ...maskCaller(row),
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

/** Calls per batch: a call is a few hundred bytes, its transcript up to a few hundred thousand. */
const batches: Record<ExportFormat, number> = { csv: 500, jsonl: 500, transcripts: 50 };

/**
 * Yields the filtered archive as pieces of a file, each built when the reader is ready for it, so memory does not grow
 * with the length.
 */
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

/** Each export holds a database connection for as long as its reader takes; the webhook must keep the rest. */
const most = 2;

let taken = 0;

/** Takes an export slot and returns the function that releases it; null if all are taken. Releasing twice has no effect. */
export function takeExportSlot(): (() => void) | null {
  if (taken >= most) return null;
  taken += 1;
  let isHeld = true;
  return () => {
    if (isHeld) taken -= 1;
    isHeld = false;
  };
}

/**
 * Yields the same pieces until the reader takes longer than `timeoutMs` over one; then it ends with an error and
 * releases what the pieces are made from. Calls `done` however it ends, possibly twice.
 */
export async function* withReaderTimeout(
  pieces: AsyncGenerator<string>,
  timeoutMs: number,
  done: () => void,
): AsyncGenerator<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasGivenUp = false;
  const giveUp = () => {
    hasGivenUp = true;
    void pieces.return(undefined).finally(done);
  };
  try {
    for (;;) {
      const { value, done: isDone } = await pieces.next();
      if (isDone) return;
      timer = setTimeout(giveUp, timeoutMs);
      yield value;
      clearTimeout(timer);
      if (hasGivenUp) throw new Error("The reader took too long.");
    }
  } finally {
    clearTimeout(timer);
    await pieces.return(undefined);
    done();
  }
}
