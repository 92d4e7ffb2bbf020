/**
 * The rules by which a call's document and the passages of the knowledge base are made, by number: one made by an older one is made
 * again (db/queries/reports/documents.ts, db/queries/knowledge.ts). 2: hangs are counted as episodes, and end reasons grouped with callers
 * who gave up. 3: a final of the assistant ends a hang.
 */
export const wordRule = 3;

export interface Word {
  /** Letters, marks and digits alone, as they are stored: NFKC, lower case. */
  word: string;
  /** Words that stand side by side have places side by side. */
  place: number;
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** For the last character of a run of Chinese, Japanese, Thai …: how many characters the run has. */
  closes?: number;
}

/** Postgres refuses words longer than 2,046 bytes; none that is longer than this is typed. */
const longestWord = 100;
/** With fewer digits it is no phone number to look for, with more it is none at all (E.164). */
const phoneDigits = { min: 7, max: 15 } as const;

/** Soft hyphens, joiners and variation selectors change how a word looks, not which it is. */
const invisible = /\u00AD|\u200C|\u200D|\u2060|\uFEFF|[\uFE00-\uFE0F]/gu;
const piece = /(?:[\p{L}\p{M}\p{N}]|\u00AD|\u200C|\u200D|\u2060|\uFEFF)+/gu;
const wordCharacters = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that are written without spaces between words. */
const unspaced = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}`;
const scriptRuns = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, "gu");
const isUnspaced = new RegExp(`^[${unspaced}]`, "u");
const betweenDigits = /^[ \u00A0\u202F().\-\u2010-\u2013/]{1,4}$/u;
const digits = /^[0-9]+$/;
const ascii = /^[0-9A-Za-z]+$/;

/**
 * The words of a text, in their order: the one rule by which archived calls are cut, and by which what somebody types to
 * find them is. It asks neither the database, whose own rule depends on the locale it was made with, nor the ICU of this Node.
 *
 * Scripts without spaces go by their characters, each with the next one, so that any part of a run is a phrase of it.
 * A number in groups (`+1-555-010-0199`) also stands, at the place of its last group, for what its last 7 to 15 digits are in one piece.
 */
export function cutWords(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: raw, index } of text.matchAll(piece)) {
    // Most words, and ten times as fast.
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
 * Offsets hold where nothing was composed, taken apart or left out; else the whole piece is the place. Equal lengths alone do not
 * say so: one character may become shorter and another longer, and one of two code units become two characters (🄀 is "0.").
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

/** With what the groups of digits among them are in one piece, each at the place of its last group. */
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

/** Where the group begins in which the last so many digits do. */
function startOf(run: readonly Word[], length: number): number {
  let left = length;
  const first = run.findLast(({ word }) => {
    left -= word.length;
    return left <= 0;
  });
  return first?.start ?? 0;
}

export interface WantedWords {
  /** Side by side, in this order. */
  words: string[];
  /** The last word is only how it begins. */
  isPrefix: boolean;
  /** Any of them instead will do: what is typed as a phone number, in one piece, with and without what is dialed before it. */
  numbers: string[];
}

/** What somebody looks for, cut by the same rule. */
export function cutWanted(typed: string): WantedWords {
  const cut = cutWords(typed);
  // Numbers in one piece stand at the place of their last group; what was typed comes first there.
  const plain = cut.filter(({ place }, n) => place !== cut[n - 1]?.place);
  const last = plain.at(-1);
  // A run's last character has no next one here, and may have one in the text.
  const isOpen = last?.closes !== undefined;
  const words = (isOpen && Number(last.closes) > 1 ? plain.slice(0, -1) : plain).map(({ word }) => word);
  return { words, isPrefix: isOpen && last.closes === 1, numbers: numbersIn(typed, plain) };
}

function numbersIn(typed: string, words: readonly Word[]): string[] {
  const [run = [], ...others] = toRuns(typed, words);
  return others.length === 0 ? numbersOf(typed, run) : [];
}

/** Words by themselves, but groups of digits that may be one number together. */
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

export interface AskedWord {
  word: string;
  /** It is only how a word begins. */
  isPrefix: boolean;
  /** Any of them instead will do, as in WantedWords. */
  numbers: string[];
}

/** The words of a question, each once, cut by the same rule. Any of them may be in what answers it. */
export function cutQuestion(question: string): AskedWord[] {
  const cut = cutWords(question);
  const plain = cut.filter(({ place }, n) => place !== cut[n - 1]?.place);
  const asked = toRuns(question, plain).flatMap((run) => {
    const numbers = numbersOf(question, run);
    // A run's last character stands in the word before it, too.
    return run
      .filter(({ closes = 1 }) => closes === 1)
      .map(({ word, closes }) => ({ word, isPrefix: closes === 1, numbers }));
  });
  return [...new Map(asked.map((each) => [each.word, each])).values()];
}

/** Country codes have one to three digits; a number of one's own country often begins with a 0 that falls away from abroad. */
function waysToDial(all: string, isAbroad: boolean): string[] {
  if (all.startsWith("00")) return waysToDial(all.slice(2), true);
  if (all.startsWith("0")) return [all, all.slice(1)].filter(isLongEnough);
  if (!isAbroad && !(all.startsWith("1") && all.length === 11)) return [all];
  return [0, 1, 2, 3].map((code) => all.slice(code)).filter(isLongEnough);
}

function isLongEnough(number: string): boolean {
  return number.length >= phoneDigits.min;
}
