import "server-only";
import { and, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { listSnippets, type Searched } from "@/db/queries/reports/list-snippets";
import { type CallText, readCallTexts } from "@/db/queries/reports/read-call-texts";
import { reportConditions } from "@/db/queries/reports/report-conditions";
import { afterCursor, reportOrder, toCursor } from "@/db/queries/reports/report-order";
import { callDocuments } from "@/db/schema/call-documents";
import { callNotes } from "@/db/schema/call-notes";
import { calls } from "@/db/schema/calls";
import { toCall } from "@/db/to-call";
import { maskCall } from "@/lib/calls/mask-call";
import { maskText } from "@/lib/calls/mask-text";
import type { ReportQuery } from "@/lib/reports/report-filter";
import type { ReportList, ReportRow } from "@/lib/reports/report-row";
import { toCallText } from "@/lib/reports/to-call-text";

const d = callDocuments;

const columns = {
  callId: d.callId,
  createdAt: d.createdAt,
  endedGroup: d.endedGroup,
  durationSeconds: d.durationSeconds,
  costUsd: d.costUsd,
  isSuccess: d.isSuccess,
  tags: d.tags,
  score: d.score,
  language: d.language,
};

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
  const found = await db
    .select(columns)
    .from(d)
    .where(and(reportConditions(query, isMasked), afterCursor(query)))
    .orderBy(...reportOrder(query.sort))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const ids = page.map(({ callId }) => callId);
  const [callRows, textOf, notes] = await Promise.all([
    ids.length > 0 ? db.select().from(calls).where(inArray(calls.id, ids)) : [],
    readCallTexts(db, ids),
    countNotes(db, ids),
  ]);
  const callOf = new Map(callRows.map((row) => [row.id, toCall(row)]));
  const rows = page.flatMap((row): (ReportRow & { searched: Searched })[] => {
    const call = callOf.get(row.callId);
    if (!call) return [];
    const { callId, endedGroup, isSuccess, tags, score, language } = row;
    const { summary, text } = asSeen(textOf(callId), call.customerName, isMasked);
    return [
      {
        call: isMasked ? maskCall(call) : call,
        summary,
        endedGroup,
        isSuccess,
        tags,
        score,
        notes: notes.get(callId) ?? 0,
        snippet: null,
        searched: { callId, language, text },
      },
    ];
  });
  const snippets = query.q
    ? await listSnippets(
        db,
        query.q,
        rows.map(({ searched }) => searched),
      )
    : new Map<string, string>();
  const last = page.at(-1);
  return {
    reports: rows.map(({ searched, ...row }) => ({ ...row, snippet: snippets.get(searched.callId) ?? null })),
    nextCursor: found.length > query.limit && last ? toCursor(query.sort, last) : null,
  };
}

function asSeen({ summary, lines }: CallText, name: string | null, isMasked: boolean) {
  const text = toCallText(summary, lines);
  if (!isMasked) return { summary, text };
  return { summary: summary && maskText(summary, [name]), text: maskText(text, [name]) };
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
