import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { noSigns, shownColumns, toCall } from "@/db/queries/calls/rows";
import {
  afterCursor,
  findWindow,
  periodConditions,
  reportConditions,
  reportOrder,
  toCursor,
} from "@/db/queries/reports/conditions";
import { type CallText, readCallTexts } from "@/db/queries/reports/export";
import { calls } from "@/db/schema/calls";
import { callDocuments, callNotes, reports } from "@/db/schema/reports";
import { lexemeOf } from "@/db/text-search";
import { maskCall } from "@/lib/calls/mask";
import { maskText } from "@/lib/calls/mask-text";
import { cleanText } from "@/lib/clean-text";
import { type ReportList, type ReportRow, snippetMarks } from "@/lib/reports/columns";
import { cutWords, type Word } from "@/lib/reports/cut-words";
import { type TextLanguage, textLanguages, toCallText } from "@/lib/reports/document";
import type { ReportQuery } from "@/lib/reports/filter";
import { parseTextQuery } from "@/lib/reports/text-query";

const d = callDocuments;

/** Only indexed columns, so that calls which are skipped cost no reads of the table. */
const columns = {
  callId: d.callId,
  createdAt: d.createdAt,
  durationSeconds: d.durationSeconds,
  costUsd: d.costUsd,
};

type FoundDocument = Pick<typeof d.$inferSelect, keyof typeof columns>;

/** Number of newest documents searched in the first pass, the second, and so on. */
const windows = [2_000, 16_000, 128_000];

/**
 * Finds a page of documents and one more. A word in half of all calls would take seconds to find and sort, so the newest
 * documents are searched first, and more only while the page is not full.
 */
async function findDocuments(
  db: Pick<Database, "select">,
  query: ReportQuery,
  isMasked: boolean,
): Promise<FoundDocument[]> {
  const { sort, limit } = query;
  const all = and(reportConditions(query, isMasked), afterCursor(query));
  const find = (condition: SQL | undefined) =>
    db
      .select(columns)
      .from(d)
      .where(condition)
      .orderBy(...reportOrder(sort))
      .limit(limit + 1);
  if (query.q === undefined || (sort !== "newest" && sort !== "oldest")) return find(all);
  const inTime = and(periodConditions(query), afterCursor(query));
  for (const count of windows) {
    const window = await findWindow(db, sort, inTime, count);
    if (window === null) break;
    const found = await find(and(all, window));
    if (found.length > limit) return found;
  }
  return find(all);
}

interface Searched {
  callId: string;
  language: TextLanguage;
  /** Masked for viewers. */
  text: string;
}

/** Only the beginning of longer texts is searched. */
const longest = 20_000;
/** Words shown on both sides of a match, and number of matches shown. */
const wordsAround = 7;
const mostFragments = 2;

/** Excerpts around the matches, by call. Reads whole texts, so only for the calls of one page. */
async function listSnippets(
  db: Pick<Database, "execute">,
  q: string,
  searched: readonly Searched[],
): Promise<Map<string, string>> {
  const terms = parseTextQuery(q).filter(({ isNegated }) => !isNegated);
  if (terms.length === 0 || searched.length === 0) return new Map();
  const texts = searched.map(({ callId, language, text }) => {
    const shown = cleanText(withoutMarks(text), longest);
    return { callId, language, shown, words: cutWords(shown) };
  });
  const begun = terms.flatMap(({ words, isPrefix }) => (isPrefix ? words.slice(-1) : []));
  const whole = terms.flatMap(({ words, isPrefix, numbers }) => [
    ...(isPrefix ? words.slice(0, -1) : words),
    ...numbers,
  ]);
  const isFound = await matchWords(db, texts, whole, begun);
  // Without a marked word, the call was found by its caller's name or number.
  return new Map(
    texts.flatMap(({ callId, language, shown, words }) => {
      const found = words.filter(({ word }) => isFound(language, word));
      return found.length > 0 ? [[callId, cutOut(shown, words, found)] as const] : [];
    }),
  );
}

/** Words of the texts with the same stem as a search term, or that begin with it. */
async function matchWords(
  db: Pick<Database, "execute">,
  texts: readonly { language: TextLanguage; words: readonly Word[] }[],
  whole: readonly string[],
  begun: readonly string[],
): Promise<(language: TextLanguage, word: string) => boolean> {
  const said = textLanguages.flatMap((language) => {
    const words = texts.filter((each) => each.language === language).flatMap((each) => each.words);
    return [...new Set(words.map(({ word }) => word))].map((word) => ({ language, word }));
  });
  const asked = textLanguages.flatMap((language) => [
    ...whole.map((word) => ({ language, word, begins: false })),
    ...begun.map((word) => ({ language, word, begins: true })),
  ]);
  const found = await db.execute<{ language: TextLanguage; word: string }>(sql`
    with asked as materialized (
      select a.language, a.begins, a.word, ${lexemeOf(sql`a.language`, sql`a.word`)} as lexeme
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a(language text, word text, begins boolean)
    ), said as materialized (
      select s.language, s.word, ${lexemeOf(sql`s.language`, sql`s.word`)} as lexeme
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s(language text, word text)
    )
    select distinct s.language, s.word from said s join asked a on a.language = s.language
      and (s.lexeme = a.lexeme or a.begins and (starts_with(s.lexeme, a.lexeme) or starts_with(s.lexeme, a.word)))
  `);
  const known = new Set(found.map(({ language, word }) => `${language} ${word}`));
  return (language, word) => known.has(`${language} ${word}`);
}

/** The text around the first matches, with marks around the words. */
function cutOut(text: string, words: readonly Word[], found: readonly Word[]): string {
  const fragments: { from: number; to: number }[] = [];
  for (const { place } of found) {
    const last = fragments.at(-1);
    if (last && place <= last.to) continue;
    if (fragments.length === mostFragments) break;
    fragments.push({ from: Math.max(place - wordsAround, (last?.to ?? 0) + 1), to: place + wordsAround });
  }
  return fragments
    .map(({ from, to }) => {
      const shown = words.filter(({ place }) => place >= from && place <= to);
      return mark(text, shown[0]?.start ?? 0, Math.max(...shown.map(({ end }) => end)), found);
    })
    .join(" … ");
}

function mark(text: string, start: number, end: number, found: readonly Word[]): string {
  let marked = "";
  let at = start;
  const spans = found.filter((word) => word.end > start && word.start < end);
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const [from, to] = [Math.max(at, span.start), Math.min(end, span.end)];
    if (from >= to) continue;
    marked += `${text.slice(at, from)}${snippetMarks.start}${text.slice(from, to)}${snippetMarks.stop}`;
    at = to;
  }
  return marked + text.slice(at, end);
}

function withoutMarks(text: string): string {
  return text.replaceAll(snippetMarks.start, "").replaceAll(snippetMarks.stop, "");
}

/** Calls of the archive in keyset pages: every page costs the same, and new calls neither repeat nor hide one. */
export async function listReports(
  db: Pick<Database, "select" | "execute">,
  query: ReportQuery,
  { isMasked }: { isMasked: boolean },
): Promise<ReportList> {
  // The page is found before it is joined, so that only its few calls are.
  const found = await findDocuments(db, query, isMasked);
  const page = found.slice(0, query.limit);
  const ids = page.map(({ callId }) => callId);
  const [joined, textOf] = await Promise.all([
    join(db, ids),
    // Excerpts are shown only for a text search.
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

/** The data the list shows of these calls, in their order; deleted calls are left out. */
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
    // One parameter, however many calls.
    .where(sql`${calls.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  const rowOf = new Map(
    rows.map((row) => [row.call.id, { ...row, call: { ...toCall(row.call, noSigns), hangs: row.hangs } }]),
  );
  return ids.flatMap((id) => rowOf.get(id) ?? []);
}
