import { cutWanted, type WantedWords } from "@/lib/reports/cut-words";

/** A term a text must contain or (`isNegated`) must not. Several words must be adjacent, in this order. */
export interface TextTerm extends WantedWords {
  /** The words need not be adjacent: groups of digits may be two numbers. */
  isLoose: boolean;
  isNegated: boolean;
}

/** Longer input is not a search. */
const mostTerms = 12;
const mostWords = 40;

/** A phrase, digits in groups with spaces between them, or a word. */
const pieces =
  /(?<minus>-?)"(?<phrase>[^"]*)"?(?<star>\*?)|(?<=^|\s)(?<number>\+?\(?\d+(?:[ \u00A0().\-/]{1,4}\d+)+)(?=$|\s)|(?<word>[^\s"]+)/gu;

/**
 * Parses a search: `word`, `"a phrase"`, `begin*`, `-without`. No input is invalid: meaningless parts are skipped, and
 * an unclosed quotation mark closes at the end.
 */
export function parseTextQuery(input: string): TextTerm[] {
  return [...input.matchAll(pieces)]
    .flatMap(({ groups = {} }) => toTerms(groups))
    .filter(({ words }) => words.length > 0)
    .slice(0, mostTerms);
}

function toTerms({ minus, phrase, star, number, word = "" }: Record<string, string | undefined>): TextTerm[] {
  if (phrase !== undefined) return [toTerm(phrase, { isNegated: minus === "-", isPrefix: star === "*" })];
  if (number === undefined || !/\s/u.test(number)) return [toWord(number ?? word)];
  const whole = toTerm(number, {});
  // With too few or too many digits for a phone number, they are plain words.
  return whole.numbers.length > 0 ? [{ ...whole, isLoose: true }] : number.split(/\s+/u).map(toWord);
}

function toWord(word: string): TextTerm {
  return toTerm(word, { isNegated: word.startsWith("-"), isPrefix: word.endsWith("*") });
}

function toTerm(typed: string, { isNegated = false, isPrefix = false }): TextTerm {
  const wanted = cutWanted(typed);
  return {
    words: wanted.words.slice(0, mostWords),
    numbers: wanted.numbers,
    isPrefix: wanted.isPrefix || isPrefix,
    isLoose: false,
    isNegated,
  };
}
