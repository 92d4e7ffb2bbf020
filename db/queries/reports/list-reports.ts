import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findDocuments } from "@/db/queries/reports/find-documents";
import { listSnippets } from "@/db/queries/reports/list-snippets";
import { type CallText, readCallTexts } from "@/db/queries/reports/read-call-texts";
import { toCursor } from "@/db/queries/reports/report-order";
import { callDocuments } from "@/db/schema/call-documents";
import { callNotes } from "@/db/schema/call-notes";
import { calls } from "@/db/schema/calls";
import { reports } from "@/db/schema/reports";
import { shownColumns } from "@/db/shown-columns";
import { toCall } from "@/db/to-call";
import { maskCall } from "@/lib/calls/mask-call";
import { maskText } from "@/lib/calls/mask-text";
import type { ReportQuery } from "@/lib/reports/report-filter";
import type { ReportList, ReportRow } from "@/lib/reports/report-row";
import { toCallText } from "@/lib/reports/to-call-text";

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
  const [joined, textOf] = await Promise.all([
    join(db, ids),
    // Only what is searched is shown in pieces.
    query.q ? readCallTexts(db, ids) : null,
  ]);
  const seen = ({ call }: Joined, text: string) => (isMasked ? maskText(text, [call.customerName]) : text);
  const searched = joined.map((row) => ({
    callId: row.call.id,
    language: row.document.language,
    text: seen(row, textOf ? toText(textOf(row.call.id)) : ""),
  }));
  const snippets = query.q ? await listSnippets(db, query.q, searched) : new Map<string, string>();
  const last = page.at(-1);
  return {
    reports: joined.map((row): ReportRow => {
      const { endedGroup, isSuccess, tags, score } = row.document;
      return {
        call: isMasked ? maskCall(row.call) : row.call,
        summary: row.summary && seen(row, row.summary),
        endedGroup,
        isSuccess,
        tags: tags.map((tag) => seen(row, tag)),
        score,
        notes: row.notes,
        snippet: snippets.get(row.call.id) ?? null,
      };
    }),
    nextCursor: found.length > query.limit && last ? toCursor(query.sort, last) : null,
  };
}

const toText = ({ summary, lines }: CallText) => toCallText(summary, lines);

type Joined = Awaited<ReturnType<typeof join>>[number];

/** What is shown of these calls, in their order. One that was deleted meanwhile is left out. */
async function join(db: Pick<Database, "select">, ids: string[]) {
  if (ids.length === 0) return [];
  const { endedGroup, isSuccess, tags, score, language, hangs } = callDocuments;
  const rows = await db
    .select({
      call: shownColumns,
      document: { endedGroup, isSuccess, tags, score, language },
      hangs,
      summary: reports.summary,
      notes: sql<number>`(select count(*)::int from ${callNotes} where ${callNotes.callId} = ${calls.id})`,
    })
    .from(calls)
    .innerJoin(callDocuments, eq(callDocuments.callId, calls.id))
    .leftJoin(reports, eq(reports.callId, calls.id))
    // One parameter, however many there are.
    .where(sql`${calls.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  const rowOf = new Map(
    rows.map((row) => [row.call.id, { ...row, call: { ...toCall(row.call), hangs: row.hangs } }]),
  );
  return ids.flatMap((id) => rowOf.get(id) ?? []);
}
