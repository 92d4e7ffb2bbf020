import { mapJson, parseJson } from "@/lib/lossless-json";

const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Parses JSON so that PostgreSQL can keep every text of it: NUL and lone surrogates, which JSON can write and
 * `jsonb` refuses, become U+FFFD. Integers beyond 2^53 stay whole (lib/lossless-json.ts).
 *
 * @throws SyntaxError when the text is no JSON.
 */
export function parseStorableJson(text: string): unknown {
  const value = parseJson(text);
  const isSuspect = text.includes("\\u") && unstorable.test(text);
  return isSuspect ? mapJson(value, makeStorable) : value;
}

function makeStorable<T>(part: T): T | string {
  return typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part;
}
