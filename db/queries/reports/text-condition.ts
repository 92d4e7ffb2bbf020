import { type SQL, sql } from "drizzle-orm";
import { callDocuments } from "@/db/schema/call-documents";
import { lexemeIn } from "@/db/text-search";
import { type TextLanguage, textLanguages } from "@/lib/reports/document";
import { parseTextQuery, type TextTerm } from "@/lib/reports/filter";

/**
 * Which calls have these words. Each language has its own endings, so the question
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
  const parts = terms.map((term) =>
    term.isNegated ? sql`!!${toTermQuery(term, language, weight)}` : toTermQuery(term, language, weight),
  );
  return sql`(${sql.join(parts, sql` && `)})`;
}

function toTermQuery(
  { words, isPrefix, isLoose, numbers }: TextTerm,
  language: TextLanguage,
  weight: "" | "D",
): SQL {
  const asked = words.map((word, n) => {
    const typed = sql`${word}::text`;
    const isBeginning = isPrefix && n === words.length - 1;
    if (!isBeginning) return oneOf([lexemeIn(language, typed)], weight);
    return oneOf([typed, lexemeIn(language, typed)], `*${weight}`);
  });
  const together = sql`(${sql.join(asked, isLoose ? sql` && ` : sql` <-> `)})`;
  if (numbers.length === 0) return together;
  const inOnePiece = numbers.map((number) => sql`${number}::text`);
  return sql`(${together} || ${oneOf(inOnePiece, weight)})`;
}

/** Words are letters, marks and digits, so that none has to be escaped. */
function oneOf(lexemes: readonly SQL[], only: string): SQL {
  const ending = sql.raw(`'''${only && `:${only}`}'`);
  const asked = lexemes.map((lexeme) => sql`('''' || ${lexeme} || ${ending})::tsquery`);
  return sql`(${sql.join(asked, sql` || `)})`;
}
