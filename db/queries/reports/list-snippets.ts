import { cleanText } from "@/lib/clean-text";
import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { lexemeOf } from "@/db/text-search";
import { snippetMarks } from "@/lib/reports/columns";
import { cutWords, type Word } from "@/lib/reports/cut-words";
import { type TextLanguage, textLanguages } from "@/lib/reports/document";
import { parseTextQuery } from "@/lib/reports/filter";

export interface Searched {
  callId: string;
  language: TextLanguage;
  /** As whoever asks may see it. */
  text: string;
}

/** What is longer is looked at so far. */
const longest = 20_000;
/** So many words before and after one that was found, at so many places. */
const wordsAround = 7;
const mostFragments = 2;

/** Where in these texts the words stand that were asked for, by call; for the few of one page only, for it reads them whole. */
export async function listSnippets(
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
  // Without a mark it was found by who called.
  return new Map(
    texts.flatMap(({ callId, language, shown, words }) => {
      const found = words.filter(({ word }) => isFound(language, word));
      return found.length > 0 ? [[callId, cutOut(shown, words, found)] as const] : [];
    }),
  );
}

/** Which words of the texts have the same stem as one that was asked for, or begin with one. */
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

/** What stands around the first of them, with marks around what was found. */
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
