/**
 * The only place where text is cut. It cuts between code points, so no emoji is halved, and replaces the characters
 * that PostgreSQL rejects in text (NUL, lone surrogates) with U+FFFD.
 *
 * @param maxChars UTF-16 code units to keep at most; without it, nothing is cut
 */
export function cleanText(text: string, maxChars = Number.POSITIVE_INFINITY): string {
  const kept = text.length > maxChars ? text.slice(0, wholeLength(text, maxChars)) : text;
  const formed = kept.isWellFormed() ? kept : kept.toWellFormed();
  return formed.includes("\0") ? formed.replaceAll("\0", "\uFFFD") : formed;
}

/** Returns `maxChars`, or one less if the cut would split a surrogate pair. */
function wholeLength(text: string, maxChars: number): number {
  const last = text.codePointAt(maxChars - 1) ?? 0;
  return last > 0xffff ? maxChars - 1 : maxChars;
}
