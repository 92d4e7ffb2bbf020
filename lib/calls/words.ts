/** A word of a text: how it is compared, and where it stands. */
export interface Word {
  key: string;
  from: number;
  to: number;
}

/** Scripts without spaces between words: each character is compared for itself. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const chunk = new RegExp(`[${unspaced}]|[^\\s${unspaced}]+`, "gu");

/**
 * Words as they sound: without case and punctuation, which sources set differently. A text of nothing but signs is one
 * word, so that it can be told apart, too.
 */
export function toWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(chunk)) {
    const key = match[0]
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
    if (key !== "") words.push({ key, from: match.index, to: match.index + match[0].length });
  }
  const signs = text.trim();
  return words.length > 0 || signs === "" ? words : [{ key: signs, from: 0, to: text.length }];
}
