/** One thing a text must have, or (`isNegated`) must not. */
export interface TextTerm {
  /** Letters and digits alone; more than one word means: next to each other, in this order. */
  words: readonly string[];
  /** The (last) word is only how it begins. */
  isPrefix: boolean;
  isNegated: boolean;
}

/** More would be a text, not a search. */
const mostTerms = 12;
const mostWords = 12;

/**
 * What somebody typed → what to look for: `word`, `"a phrase"`, `begin*`, `-without`. There is no wrong input: what
 * means nothing is passed over, a quotation mark that is not closed closes at the end.
 */
export function parseTextQuery(input: string): TextTerm[] {
  const pieces = [...input.normalize("NFC").matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))(\*?)/gu)];
  return pieces
    .map(([, minus, phrase, word = "", star]): TextTerm => {
      const words = (phrase ?? word).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
      return {
        words: words.slice(0, mostWords),
        isPrefix:
          phrase === undefined
            ? word.endsWith("*") && words.length === 1
            : star === "*" && words.length === 1,
        isNegated: minus === "-",
      };
    })
    .filter(({ words }) => words.length > 0)
    .slice(0, mostTerms);
}
