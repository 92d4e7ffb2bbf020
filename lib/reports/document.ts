import type { Line } from "@/lib/calls/line";
import { cleanText } from "@/lib/clean-text";

/** Postgres text search configurations in use; `simple` for any other language. */
export const textLanguages = ["english", "spanish", "french", "german", "simple"] as const;

export type TextLanguage = (typeof textLanguages)[number];

/** Words so common in one language and so rare in the others that a few sentences identify it. */
const commonWords: Readonly<Record<Exclude<TextLanguage, "simple">, string>> = {
  english: "the and you is that it for have with your what this be to of my can i'm are we yes please would",
  spanish: "el los las y que es por para con una su usted muy está gracias le lo del pero sí qué cómo buenos",
  french:
    "le les et vous est je une pour avec dans sur mais pas oui merci nous votre des ce c'est bonjour au",
  german: "der das und ist nicht ich sie ein eine mit für auf ja bitte wir haben dem den zu guten danke auch",
};

const languageOf = new Map(
  Object.entries(commonWords).flatMap(([language, words]) =>
    words.split(" ").map((word) => [word, language] as const),
  ),
);

/** If fewer than one word in this many is typical, the text is in none of these languages. */
const rarest = 12;
const enough = 4_000;

/** Detects the main language of a text by its most common words; `simple` if they do not decide it. */
export function detectLanguage(text: string): TextLanguage {
  const words =
    text
      .slice(0, enough)
      .toLowerCase()
      .match(/[\p{L}'’]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) {
    const language = languageOf.get(word.replaceAll("’", "'"));
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [best, second] = textLanguages
    .map((language) => ({ language, count: counts.get(language) ?? 0 }))
    .sort((a, b) => b.count - a.count);
  if (!best || !second || best.count === second.count || best.count * rarest < words.length) return "simple";
  return best.language;
}

/** Postgres keeps at most 16,383 positions in one text, and more text helps no search. */
const longest = 200_000;

/** Returns a call's searchable text: its summary, then its transcript. */
export function toCallText(summary: string | null, lines: readonly Pick<Line, "text">[]): string {
  return cleanText([summary ?? "", ...lines.map(({ text }) => text)].join("\n").trim(), longest);
}
