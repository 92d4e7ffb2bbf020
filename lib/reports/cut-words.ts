/**
 * Version of the rules that call documents and knowledge base passages are built with. One built by an older version is
 * rebuilt (db/queries/reports/documents.ts, db/queries/knowledge.ts). 2: hangs are counted as episodes, and end reasons
 * grouped with callers who gave up. 3: a final of the assistant ends a hang. 4: the words that viewers may
 * not search for include names and numbers in all spellings.
 */
export const wordRule = 4;

export interface Word {
  /** Only letters, marks and digits, as stored: NFKC, lower case. */
  word: string;
  /** Adjacent words have consecutive places. */
  place: number;
  /** Offsets in the text. */
  start: number;
  end: number;
  /** For the last character of a run of Chinese, Japanese, Thai …: the run's length in characters. */
  closes?: number;
}

/** Postgres rejects words longer than 2,046 bytes; no one types a word longer than this. */
const longestWord = 100;
/** With fewer digits a phone number is not worth searching for; with more it cannot exist (E.164). */
const phoneDigits = { min: 7, max: 15 } as const;

/** Soft hyphens, joiners and variation selectors change a word's appearance, not its identity. */
const invisible = /\u00AD|\u200C|\u200D|\u2060|\uFEFF|[\uFE00-\uFE0F]/gu;
const piece = /(?:[\p{L}\p{M}\p{N}]|\u00AD|\u200C|\u200D|\u2060|\uFEFF)+/gu;
const wordCharacters = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts written without spaces between words. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`;
const scriptRuns = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, "gu");
const isUnspaced = new RegExp(`^[${unspaced}]`, "u");
const betweenDigits = /^[ \u00A0\u202F().\-\u2010-\u2013/]{1,4}$/u;
const digits = /^[0-9]+$/;
const ascii = /^[0-9A-Za-z]+$/;

/**
 * Splits a text into words, in order. The same rule applies to archived calls and to the search for them. It depends
 * neither on the database, whose rule varies with its locale, nor on the ICU of this Node.
 *
 * Scripts without spaces are split into pairs of adjacent characters, so any part of a run is a phrase of it. A number
 * in groups (`+1-555-010-0199`) also yields, at the place of its last group, its last 7 to 15 digits in one piece, as
 * far as they go.
 */
export function cutWords(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: raw, index } of text.matchAll(piece)) {
    // The fast path for most words, ten times as fast.
    if (ascii.test(raw)) {
      add(words, shorten(raw.toLowerCase()), index, index + raw.length);
      continue;
    }
    const known = normalise(raw);
    const isPlaced = keepsPlaces(raw, known);
    for (const { 0: part, index: offset } of known.matchAll(wordCharacters)) {
      const start = isPlaced ? index + offset : index;
      const end = isPlaced ? start + part.length : index + raw.length;
      for (const { 0: run, index: at } of part.matchAll(scriptRuns)) {
        const from = isPlaced ? start + at : start;
        const to = isPlaced ? from + run.length : end;
        if (isUnspaced.test(run)) addCharacters(words, run, from, to);
        else add(words, shorten(run), from, to);
      }
    }
  }
  return withNumbers(text, words);
}

function normalise(raw: string): string {
  return raw.normalize("NFKC").replace(invisible, "").toLowerCase().normalize("NFKC");
}

/**
 * Whether offsets survive normalisation: nothing was composed, decomposed or removed; otherwise the whole piece is the
 * location. Equal lengths alone do not prove it: one character may become shorter and another longer, and one of two
 * code units may become two characters (🄀 is "0.").
 */
function keepsPlaces(raw: string, known: string): boolean {
  if (known.length !== raw.length) return false;
  for (const character of raw) {
    const one = normalise(character);
    if (one.length !== character.length || [...one].length > 1) return false;
  }
  return true;
}

function shorten(word: string): string {
  return word.length > longestWord ? [...word].slice(0, longestWord).join("") : word;
}

function add(words: Word[], word: string, start: number, end: number, closes?: number): void {
  words.push({ word, place: words.length + 1, start, end, ...(closes !== undefined && { closes }) });
}

function addCharacters(words: Word[], run: string, start: number, end: number): void {
  const characters = [...run];
  const isAligned = run.length === end - start;
  let at = start;
  for (const [n, character] of characters.entries()) {
    const next = characters[n + 1];
    const word = character + (next ?? "");
    const [from, to] = isAligned ? [at, at + word.length] : [start, end];
    add(words, word, from, to, next === undefined ? characters.length : undefined);
    at += character.length;
  }
}

/** Adds the numbers that groups of digits form in one piece, each at the place of its last group. */
function withNumbers(text: string, words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let run: Word[] = [];
  for (const word of words) {
    found.push(word);
    run = digits.test(word.word) ? (continues(text, run.at(-1), word) ? [...run, word] : [word]) : [];
    if (run.length === 0) continue;
    run = run.slice(-phoneDigits.max);
    const all = run.map((each) => each.word).join("");
    for (const number of endings(all)) {
      if (number === word.word) continue;
      found.push({ ...word, word: number, start: startOf(run, number.length) });
    }
  }
  return found;
}

function continues(text: string, before: Word | undefined, word: Word): boolean {
  return (
    before !== undefined &&
    word.start - before.end <= 4 &&
    betweenDigits.test(text.slice(before.end, word.start))
  );
}

function endings(all: string): string[] {
  const most = Math.min(all.length, phoneDigits.max);
  const count = Math.max(0, most - phoneDigits.min + 1);
  return Array.from({ length: count }, (_, n) => all.slice(-(phoneDigits.min + n)));
}

/** Returns the start of the group in which the last `length` digits begin. */
function startOf(run: readonly Word[], length: number): number {
  let left = length;
  const first = run.findLast(({ word }) => {
    left -= word.length;
    return left <= 0;
  });
  return first?.start ?? 0;
}

export interface WantedWords {
  /** Must be adjacent, in this order. */
  words: string[];
  /** Whether the last word is only a prefix. */
  isPrefix: boolean;
  /**
   * Alternatives to the words, any of which matches: a typed phone number in one piece, with and without its dialing
   * prefix.
   */
  numbers: string[];
}

/** Splits a search into words by the same rule. */
export function cutWanted(typed: string): WantedWords {
  const cut = cutWords(typed);
  // Joined numbers share the place of their last group; the typed word comes first there.
  const plain = cut.filter(({ place }, n) => place !== cut[n - 1]?.place);
  const last = plain.at(-1);
  // A run's last character has no successor here, but may have one in the text.
  const isOpen = last?.closes !== undefined;
  const words = (isOpen && Number(last.closes) > 1 ? plain.slice(0, -1) : plain).map(({ word }) => word);
  return { words, isPrefix: isOpen && last.closes === 1, numbers: numbersIn(typed, plain) };
}

function numbersIn(typed: string, words: readonly Word[]): string[] {
  const [run = [], ...others] = toRuns(typed, words);
  return others.length === 0 ? numbersOf(typed, run) : [];
}

/** Puts each word in a run of its own, except groups of digits that may form one number. */
function toRuns(text: string, words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const goesOn =
      before && digits.test(before.word) && digits.test(word.word) && continues(text, before, word);
    if (run && goesOn) run.push(word);
    else runs.push([word]);
  }
  return runs;
}

function numbersOf(text: string, run: readonly Word[]): string[] {
  const first = run[0];
  if (!first || !digits.test(first.word)) return [];
  const all = run.map(({ word }) => word).join("");
  if (all.length < phoneDigits.min || all.length > phoneDigits.max + 2) return [];
  const isAbroad = /\+[ (]*$/.test(text.slice(Math.max(0, first.start - 3), first.start));
  return waysToDial(all, isAbroad);
}

interface AskedWord {
  word: string;
  /** Whether it is only a prefix of a word. */
  isPrefix: boolean;
  /** Alternatives to the word, as in WantedWords. */
  numbers: string[];
}

/** Splits a question into distinct words by the same rule. An answer may contain any of them. */
export function cutQuestion(question: string): AskedWord[] {
  const cut = cutWords(question);
  const plain = cut.filter(({ place }, n) => place !== cut[n - 1]?.place);
  const asked = toRuns(question, plain).flatMap((run) => {
    const numbers = numbersOf(question, run);
    // A run's last character is already part of the word before it.
    return run
      .filter(({ closes = 1 }) => closes === 1)
      .map(({ word, closes }) => ({ word, isPrefix: closes === 1, numbers }));
  });
  return [...new Map(asked.map((each) => [each.word, each])).values()];
}

/**
 * Country codes have one to three digits; a domestic number often begins with a 0 that is dropped when dialing from
 * abroad.
 */
function waysToDial(all: string, isAbroad: boolean): string[] {
  if (all.startsWith("00")) return waysToDial(all.slice(2), true);
  if (all.startsWith("0")) return [all, all.slice(1)].filter(isLongEnough);
  if (!isAbroad && !(all.startsWith("1") && all.length === 11)) return [all];
  return [0, 1, 2, 3].map((code) => all.slice(code)).filter(isLongEnough);
}

function isLongEnough(number: string): boolean {
  return number.length >= phoneDigits.min;
}
