import "server-only";
import { inArray, type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { toLines } from "@/db/queries/calls/lines";
import { reportConditions } from "@/db/queries/reports/conditions";
import { calls, lines, marks } from "@/db/schema/calls";
import { callDocuments, type ReportMessage, reports } from "@/db/schema/reports";
import type { EndedGroup } from "@/lib/calls/ended-reason";
import type { Line } from "@/lib/calls/line";
import type { ReportFilter } from "@/lib/reports/filter";

export interface CallText {
  summary: string | null;
  successEvaluation: string | null;
  /** Merged from all sources. */
  lines: readonly Line[];
}

const nothing: CallText = { summary: null, successEvaluation: null, lines: [] };

/** The lines of these calls, and their reports' results. */
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

/** A row of an export as the database sends it. */
export interface StreamedReport {
  id: string;
  /** Times in Postgres's notation. */
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  type: string | null;
  assistantId: string | null;
  assistantName: string | null;
  customerName: string | null;
  customerNumber: string | null;
  phoneNumber: string | null;
  endedReason: string | null;
  endedGroup: EndedGroup | null;
  durationSeconds: number;
  costUsd: number | null;
  isSuccess: boolean | null;
  successEvaluation: string | null;
  hangs: number;
  tags: string[];
  score: number | null;
  summary: string | null;
  /** Usually an object, but some rubrics give a list or a single value. */
  structuredData: unknown;
  /** With transcripts: the report's messages, and the rows of the call's lines and speech. */
  messages?: ReportMessage[] | null;
  lines?: Record<string, unknown>[] | null;
  marks?: Record<string, unknown>[] | null;
}

interface Streaming {
  isMasked: boolean;
  /** Calls per batch. */
  batch: number;
  withTranscripts: boolean;
}

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * Streams every call of a filter, newest first, in batches: the database makes the next batch only when it is read, and stops
 * when the reader leaves. All in one snapshot.
 */
export function streamReports(
  db: Database,
  filter: ReportFilter,
  { isMasked, batch, withTranscripts }: Streaming,
): AsyncIterable<StreamedReport[]> {
  const conditions = reportConditions(filter, isMasked);
  const where = conditions ? sql`where ${conditions}` : sql``;
  const { sql: text, params } = dialect.sqlToQuery(select(withTranscripts ? transcript : sql``, where));
  return db.$client.unsafe<StreamedReport[]>(text, params as never[]).cursor(batch);
}

const d = callDocuments;

const transcript = sql`, ${reports.messages} as "messages",
  (select jsonb_agg(to_jsonb(${lines})) from ${lines} where ${lines.callId} = ${d.callId}) as "lines",
  (select jsonb_agg(to_jsonb(${marks})) from ${marks}
    where ${marks.callId} = ${d.callId} and ${marks.kind} = 'speech-started') as "marks"`;

function select(more: SQL, where: SQL): SQL {
  return sql`
    select ${calls.id} as "id", ${d.createdAt} as "createdAt", ${calls.startedAt} as "startedAt",
      ${calls.endedAt} as "endedAt", ${calls.type} as "type", ${calls.assistantId} as "assistantId",
      ${calls.assistantName} as "assistantName", ${calls.customerName} as "customerName",
      ${calls.customerNumber} as "customerNumber", ${calls.phoneNumber} as "phoneNumber",
      ${calls.endedReason} as "endedReason", ${d.endedGroup} as "endedGroup",
      ${d.durationSeconds} as "durationSeconds", ${calls.costUsd}::float8 as "costUsd", ${d.isSuccess} as "isSuccess",
      ${reports.successEvaluation} as "successEvaluation", ${d.hangs} as "hangs", to_jsonb(${d.tags}) as "tags",
      ${d.score} as "score", ${reports.summary} as "summary", ${reports.structuredData} as "structuredData"${more}
    from ${d} join ${calls} on ${calls.id} = ${d.callId} left join ${reports} on ${reports.callId} = ${d.callId}
    ${where} order by ${d.createdAt} desc nulls last, ${d.callId}
  `;
}
