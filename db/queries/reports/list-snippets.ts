import { cleanText } from "@/lib/clean-text";
import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toTsQuery } from "@/db/queries/reports/text-condition";
import { type TextLanguage, textLanguages } from "@/lib/reports/detect-language";
import { parseTextQuery } from "@/lib/reports/parse-text-query";
import { snippetMarks } from "@/lib/reports/snippet-marks";

export interface Searched {
  callId: string;
  language: TextLanguage;
  /** As whoever asks may see it. */
  text: string;
}

/** What is longer is looked at so far. */
const longest = 20_000;

const options = `StartSel=${snippetMarks.start}, StopSel=${snippetMarks.stop}, MaxFragments=2, MaxWords=16, MinWords=6, FragmentDelimiter=" … "`;

/** Where in these texts the words stand that were asked for, by call; for the few of one page only, for it reads them whole. */
export async function listSnippets(
  db: Pick<Database, "execute">,
  q: string,
  searched: readonly Searched[],
): Promise<Map<string, string>> {
  const terms = parseTextQuery(q).filter(({ isNegated }) => !isNegated);
  if (terms.length === 0 || searched.length === 0) return new Map();
  const rows = searched.map((each) => ({ ...each, text: cleanText(withoutMarks(each.text), longest) }));
  const asked = textLanguages.map((each): SQL => sql`when ${each} then ${toTsQuery(terms, each)}`);
  const found = await db.execute<{ callId: string; snippet: string }>(sql`
    select "callId", ts_headline(language::regconfig, text, case language ${sql.join(asked, sql` `)} end, ${options}) as snippet
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("callId" text, language text, text text)
  `);
  // Without a mark it was found by who called.
  return new Map(
    found
      .filter(({ snippet }) => snippet.includes(snippetMarks.start))
      .map(({ callId, snippet }) => [callId, snippet]),
  );
}

function withoutMarks(text: string): string {
  return text.replaceAll(snippetMarks.start, "").replaceAll(snippetMarks.stop, "");
}
