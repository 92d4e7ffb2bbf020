import type { Json } from "@/scripts/simulator/dialogue";

export type Words = Readonly<Record<string, string | number>>;

/** Replaces `{word}` in every text of a JSON value. A text that is nothing but `{word}` becomes its value, number or not. */
export function fillIn(value: Json, words: Words): Json {
  if (typeof value === "string")
    return /^\{\w+\}$/.test(value) ? look(value.slice(1, -1), words) : fillInText(value, words);
  if (Array.isArray(value)) return value.map((entry) => fillIn(entry, words));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, words)]));
}

/** `fillIn` for one text. */
export function fillInText(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => String(look(word, words)));
}

function look(word: string, words: Words): string | number {
  const value = words[word];
  if (value === undefined) throw new Error(`The dialogue has nothing to fill in for {${word}}.`);
  return value;
}
