import { RE2JS } from "re2js";
import type { ConditionOf } from "@/lib/rules/condition";

type Phrase = ConditionOf<"phrase">;

/** Where a phrase was found; `end` is the position after its last character. */
export interface Match {
  start: number;
  end: number;
}

/** A text with its words, computed once for all phrases. */
export interface Said {
  text: string;
  words: readonly Word[];
}

/** A phrase prepared for matching. */
export interface Matcher {
  /** Returns the first match in a text, or null. */
  find: (said: Said) => Match | null;
  /** All words of the phrase, and those that may come last; null if only the text can decide. */
  words: { all: ReadonlySet<string>; last: ReadonlySet<string> } | null;
}

export interface Word {
  word: string;
  start: number;
  end: number;
}

const wordShape = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

/** Splits a text into words without case and accents, so that "Está" matches "esta". */
export function toWords(text: string): Word[] {
  return [...text.matchAll(wordShape)].map(({ 0: word, index }) => ({
    word: fold(word),
    start: index,
    end: index + word.length,
  }));
}

function fold(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
}

export function wordsOf(text: string): Set<string> {
  return new Set(toWords(text).map(({ word }) => word));
}

/** Well above the limit of rules; a dropped matcher is compiled again. */
const mostRemembered = 2_000;
const remembered = new Map<string, Matcher>();

/** Returns a phrase's matcher, compiled once for all rules, calls and requests. */
export function toMatcher({ phrase, match }: Pick<Phrase, "phrase" | "match">): Matcher {
  const key = `${match} ${phrase}`;
  const known = remembered.get(key);
  if (known) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const matcher = compile(phrase, match);
  remembered.set(key, matcher);
  return matcher;
}

function compile(phrase: string, match: Phrase["match"]): Matcher {
  switch (match) {
    case "words": {
      const wanted = wordsOf(phrase);
      return { find: ({ words }) => findWords(words, wanted), words: { all: wanted, last: wanted } };
    }
    case "exact": {
      const wanted = toWords(phrase).map(({ word }) => word);
      return {
        find: ({ words }) => findSequence(words, wanted),
        words: { all: new Set(wanted), last: new Set(wanted.slice(-1)) },
      };
    }
    case "pattern": {
      const pattern = RE2JS.compile(phrase, RE2JS.CASE_INSENSITIVE);
      return { find: ({ text }) => findPattern(text, pattern), words: null };
    }
  }
}

/** Matches words in any order, with anything between them. */
function findWords(said: readonly Word[], wanted: ReadonlySet<string>): Match | null {
  const missing = new Set(wanted);
  let start: number | null = null;
  for (const { word, start: at, end } of said) {
    if (!missing.delete(word)) continue;
    start ??= at;
    if (missing.size === 0) return { start, end };
  }
  return null;
}

function findSequence(said: readonly Word[], wanted: readonly string[]): Match | null {
  const at = said.findIndex((_, index) => wanted.every((word, next) => said[index + next]?.word === word));
  const [first, last] = [said[at], said[at + wanted.length - 1]];
  return first && last ? { start: first.start, end: last.end } : null;
}

function findPattern(text: string, pattern: RE2JS): Match | null {
  const matcher = pattern.matcher(text);
  return matcher.find() ? { start: matcher.start(), end: matcher.end() } : null;
}
