import { type SQL, sql } from "drizzle-orm";
import { callDocuments } from "@/db/schema/call-documents";
import { type TextLanguage, textLanguages } from "@/lib/reports/detect-language";
import { parseTextQuery, type TextTerm } from "@/lib/reports/parse-text-query";

/**
 * Which calls have these words. Each language has its own endings and its own words too common to count, so the question
 * is put in each, to the calls in it. Viewers find a call by nothing that is hidden from them, nor by its absence: what
 * they may find is narrowed down by all the words (the index), then looked at. Who called weighs more than what was said (see
 * save-documents.ts), so to ask for the lightest words only is to ask for what was said.
 */
export function textCondition(q: string, isMasked: boolean): SQL {
  const terms = parseTextQuery(q);
  if (terms.length === 0) return sql`false`;
  const { words, maskedWords, language } = callDocuments;
  const any = textLanguages.map((each) => {
    if (!isMasked) {
      return sql`(${language} = ${sql.raw(`'${each}'`)} and ${words} @@ ${toTsQuery(terms, each)})`;
    }
    const wanted = terms.filter(({ isNegated }) => !isNegated);
    const superset = wanted.length > 0 ? sql`${words} @@ ${toTsQuery(wanted, each)} and` : sql``;
    return sql`(${language} = ${sql.raw(`'${each}'`)} and ${superset} coalesce(${maskedWords}, ${words}) @@ ${toTsQuery(terms, each, "D")})`;
  });
  return sql`(${sql.join(any, sql` or `)})`;
}

/**
 * The terms as Postgres asks for them; each word is a parameter, so that none can be an operator.
 * @param weight of the words they are looked for among; without it, among all
 */
export function toTsQuery(terms: readonly TextTerm[], language: TextLanguage, weight: "" | "D" = ""): SQL {
  const dictionary = sql.raw(`'${language}'::regconfig`);
  const parts = terms.map(({ words, isPrefix, isNegated }) => {
    const only = `${isPrefix ? "*" : ""}${weight}`;
    // In quotes it is a phrase.
    const text = `'${words.join(" ")}'${only && `:${only}`}`;
    const said = sql`to_tsquery(${dictionary}, ${text})`;
    // Who called is kept as it is written (save-documents.ts): no language shortens a name. What means nothing stays so.
    const asked =
      weight === "D"
        ? said
        : sql`(case numnode(${said}) when 0 then ${said} else ${said} || to_tsquery('simple', ${text}) end)`;
    return isNegated ? sql`!!${asked}` : asked;
  });
  return sql`(${sql.join(parts, sql` && `)})`;
}
