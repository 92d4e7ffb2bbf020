import { type SQL, sql } from "drizzle-orm";
import { cutWords } from "@/lib/reports/cut-words";
import { type TextLanguage, textLanguages } from "@/lib/reports/document";

/** Postgres's limits: the highest position, the positions per word, and 1 MB of words in all. */
const lastPlace = 16_383;
const mostPlaces = 255;
const mostBytes = 800_000;

/** Words with their positions in Postgres's notation (`1A,7`; without a letter the weight is the lowest, D). */
export type PlacedWords = Readonly<Record<string, string>>;

/** The words of a text, preceded at weight A by those of `above`: the caller, or a heading. */
export function placeWords(text: string, above = ""): PlacedWords {
  const ofAbove = cutWords(above).map(({ word, place }) => ({ word, place, weight: "A" }));
  // One position is left empty between the two, so that no phrase spans them.
  const shift = (ofAbove.at(-1)?.place ?? -1) + 1;
  const ofText = cutWords(text).map(({ word, place }) => ({ word, place: place + shift, weight: "" }));
  const places = new Map<string, Set<string>>();
  let bytes = 0;
  for (const { word, place, weight } of [...ofAbove, ...ofText]) {
    const known = places.get(word);
    if (bytes > mostBytes) break;
    if (known && known.size >= mostPlaces) continue;
    bytes += known ? 2 : Buffer.byteLength(word) + 6;
    const at = `${Math.min(place, lastPlace)}${weight}`;
    if (known) known.add(at);
    else places.set(word, new Set([at]));
  }
  return Object.fromEntries([...places].map(([word, at]) => [word, [...at].join(",")]));
}

/**
 * Stems a word and keeps stop words ("will" is also a name). Does not use Postgres's parser, whose words depend on the
 * database's locale.
 */
export function lexemeIn(language: TextLanguage, word: SQL): SQL {
  if (language === "simple") return word;
  return sql`coalesce(nullif((ts_lexize(${sql.raw(`'archive_${language}'`)}::regdictionary, ${word}))[1], ''), ${word})`;
}

/** The same, with the language taken from a column. */
export function lexemeOf(language: SQL, word: SQL): SQL {
  const cases = textLanguages.map((each) => sql`when ${sql.raw(`'${each}'`)} then ${lexemeIn(each, word)}`);
  return sql`case ${language} ${sql.join(cases, sql` `)} end`;
}

/**
 * The same for the knowledge base, which is searched with whole sentences: null for a stop word. Uses Postgres's own
 * dictionaries on a word that is already split.
 */
export function lexemeAsked(language: SQL, word: SQL): SQL {
  const dictionary = sql`(case ${language} when 'simple' then 'simple' else ${language} || '_stem' end)::regdictionary`;
  return sql`(
    select case stem when '' then ${word} else stem end from (select (ts_lexize(${dictionary}, ${word}))[1] as stem) as known
  )`;
}

/** The tsvector of a call's placed words (jsonb). */
export function vectorOf(language: SQL, words: SQL): SQL {
  return toVector(words, lexemeOf(language, sql`w.key`));
}

/** The tsvector of a passage's placed words (jsonb). */
export function passageVectorOf(language: SQL, words: SQL): SQL {
  return toVector(words, lexemeAsked(language, sql`w.key`));
}

/** Words contain only letters, marks and digits, so nothing needs escaping. */
function toVector(words: SQL, lexeme: SQL): SQL {
  return sql`(
    select coalesce(string_agg('''' || ${lexeme} || ''':' || w.value, ' '), '')::tsvector
    from jsonb_each_text(${words}) w
  )`;
}
