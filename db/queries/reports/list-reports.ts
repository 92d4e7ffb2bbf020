import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findDocuments } from "@/db/queries/reports/find-documents";
import { listSnippets } from "@/db/queries/reports/list-snippets";
import { listTexts } from "@/db/queries/reports/list-texts";
import { toCursor } from "@/db/queries/reports/report-order";
import { callNotes } from "@/db/schema/call-notes";
import { calls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { toCall } from "@/db/to-call";
import { maskCall } from "@/lib/calls/mask-call";
import { maskText } from "@/lib/calls/mask-text";
import type { ReportQuery } from "@/lib/reports/report-filter";
import type { ReportList, ReportRow } from "@/lib/reports/report-row";

/**
 * Calls of the archive, a page at a time (keyset: a page costs the same however far down it is, and what comes in
 * meanwhile neither doubles nor hides a call).
 */
export async function listReports(
  db: Pick<Database, "select" | "execute">,
  query: ReportQuery,
  { isMasked }: { isMasked: boolean },
): Promise<ReportList> {
  // Found first, and only then joined: the few of a page cost nothing then.
  const found = await findDocuments(db, query, isMasked);
  const page = found.slice(0, query.limit);
  const ids = page.map(({ callId }) => callId);
  const [callRows, summaries, notes, texts] = await Promise.all([
    ids.length > 0 ? db.select().from(calls).where(inArray(calls.id, ids)) : [],
    listSummaries(db, ids),
    countNotes(db, ids),
    // Only what is searched is shown in pieces.
    query.q ? listTexts(db, ids) : new Map<string, string>(),
  ]);
  const callOf = new Map(callRows.map((row) => [row.id, toCall(row)]));
  const seen = (callId: string, text: string) =>
    isMasked ? maskText(text, [callOf.get(callId)?.customerName ?? null]) : text;
  const searched = page.map(({ callId, language }) => ({
    callId,
    language,
    text: seen(callId, texts.get(callId) ?? ""),
  }));
  const snippets = query.q ? await listSnippets(db, query.q, searched) : new Map<string, string>();
  const rows = page.flatMap((row): ReportRow[] => {
    const { callId, endedGroup, isSuccess, tags, score } = row;
    const call = callOf.get(callId);
    if (!call) return [];
    const summary = summaries.get(callId) ?? null;
    return [
      {
        call: isMasked ? maskCall(call) : call,
        summary: summary && seen(callId, summary),
        endedGroup,
        isSuccess,
        tags,
        score,
        notes: notes.get(callId) ?? 0,
        snippet: snippets.get(callId) ?? null,
      },
    ];
  });
  const last = page.at(-1);
  return {
    reports: rows,
    nextCursor: found.length > query.limit && last ? toCursor(query.sort, last) : null,
  };
}

async function listSummaries(
  db: Pick<Database, "select">,
  ids: string[],
): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ callId: reports.callId, summary: reports.summary })
    .from(reports)
    .where(inArray(reports.callId, ids));
  return new Map(rows.map(({ callId, summary }) => [callId, summary]));
}

async function countNotes(db: Pick<Database, "select">, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const counts = await db
    .select({ callId: callNotes.callId, count: sql<number>`count(*)::int` })
    .from(callNotes)
    .where(inArray(callNotes.callId, ids))
    .groupBy(callNotes.callId);
  return new Map(counts.map(({ callId, count }) => [callId, count]));
}
