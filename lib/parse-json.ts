const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Parses JSON so that PostgreSQL can keep every text of it: NUL and lone surrogates, which JSON can write and
 * `jsonb` refuses, become U+FFFD.
 *
 * @throws SyntaxError when the text is no JSON.
 */
export function parseStorableJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const isSuspect = text.includes("\\u") && unstorable.test(text);
  return isSuspect ? makeStorable(value) : value;
}

function makeStorable(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
  if (Array.isArray(value)) return value.map(makeStorable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [makeStorable(key), makeStorable(entry)]),
  );
}
