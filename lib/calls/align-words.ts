/** A word of a text: its key for comparison and its position. */
export interface Word {
  key: string;
  from: number;
  to: number;
}

/** Scripts without spaces between words: each character is compared by itself. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const chunk = new RegExp(`[${unspaced}]|[^\\s${unspaced}]+`, "gu");

/**
 * Splits a text into words, compared without case and punctuation because sources set these differently. A text of
 * punctuation only counts as one word, so that it can be matched too.
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

/** Words of one voice and the time span in which they were said. Epoch ms; infinite where unknown. */
export interface Stretch {
  words: readonly Word[];
  from: number;
  to: number;
}

export interface Alignment {
  /** For each line, per word: its index among the words of all stretches, or -1 if it was not found. */
  places: readonly Int32Array[];
  /** For each word of all stretches: the index of its stretch. */
  stretchOf: Int32Array;
  /** For each stretch: the index of its first word. */
  starts: Int32Array;
}

/** Clocks differ by up to 5 s, and a final is stamped when its words end. */
const slackMs = 10_000;
/** Number of stretch words that may be skipped while following a line: some are worded differently. */
const nearby = 4;
/** Number of candidate places tried, so that words said over and over cost no more. */
const mostTried = 8;

/**
 * Finds lines among stretches of the same voice by their words and times; both ascending by time. A word of a stretch
 * matches one word of the lines only, so that words said twice are kept twice; with `isShared`, one word per line.
 * Takes time in proportion to the number of words.
 */
export function alignWords(
  stretches: readonly Stretch[],
  lines: readonly Stretch[],
  { isShared = false } = {},
): Alignment {
  const index = toIndex(stretches);
  const found = lines.map((line) => ({ line, places: new Int32Array(line.words.length).fill(-1) }));
  const taken = new Uint8Array(index.keys.length);
  // Longer lines first, so that short lines, which fit in many places, take nothing away from them.
  for (const isLong of [true, false]) {
    let cursor = 0;
    for (const { line, places } of found) {
      if (line.words.length >= 3 !== isLong) continue;
      cursor = alignLine(index, line, places, cursor, taken);
      // Words that were not found have index -1, and writing to it does nothing in a typed array.
      if (isShared) for (const place of places) taken[place] = 0;
    }
  }
  return { places: found.map(({ places }) => places), stretchOf: index.stretchOf, starts: index.starts };
}

interface Index {
  stretches: readonly Stretch[];
  keys: string[];
  stretchOf: Int32Array;
  starts: Int32Array;
  /** Ascending start indexes of each word and of each run of three. */
  placesOf: Map<string, number[]>;
  /** Latest end among the stretches up to and including each one. */
  lastTo: Float64Array;
}

function toIndex(stretches: readonly Stretch[]): Index {
  const keys: string[] = [];
  const starts = new Int32Array(stretches.length);
  const lastTo = new Float64Array(stretches.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (const [at, { words, to }] of stretches.entries()) {
    starts[at] = keys.length;
    latest = Math.max(latest, to);
    lastTo[at] = latest;
    for (const { key } of words) keys.push(key);
  }
  const stretchOf = new Int32Array(keys.length);
  for (const [at, { words }] of stretches.entries()) {
    const start = starts[at] ?? 0;
    stretchOf.fill(at, start, start + words.length);
  }
  const placesOf = new Map<string, number[]>();
  for (const [place, key] of keys.entries()) {
    addPlace(placesOf, key, place);
    addPlace(placesOf, toGram(keys, place), place);
  }
  return { stretches, keys, stretchOf, starts, placesOf, lastTo };
}

function addPlace(placesOf: Map<string, number[]>, gram: string, place: number) {
  const known = placesOf.get(gram);
  if (known) known.push(place);
  else placesOf.set(gram, [place]);
}

/** Key of three words in a row; fewer at the end. */
const toGram = (keys: readonly string[], at: number) => keys.slice(at, at + 3).join(" ");

/** Fills in the places of one line's words. Returns where to continue with the next line. */
function alignLine(index: Index, line: Stretch, places: Int32Array, cursor: number, taken: Uint8Array) {
  const words = line.words.map(({ key }) => key);
  const { keys, starts } = index;
  const earliest = starts[firstAtLeast(index.lastTo, line.from - slackMs)] ?? keys.length;
  let next = cursor;
  let isFound = false;

  const fits = (place: number, at: number) =>
    keys[place] === words[at] && taken[place] === 0 && isNear(index, place, line);
  const take = (place: number, at: number) => {
    places[at] = place;
    taken[place] = 1;
  };

  function findNearby(at: number): number {
    for (let skipped = 0; skipped <= nearby; skipped += 1) {
      const place = next + skipped;
      const isSure = skipped === 0 || at + 1 >= words.length || keys[place + 1] === words[at + 1];
      if (isSure && fits(place, at)) return place;
    }
    return -1;
  }

  function findAnywhere(at: number): number {
    const word = words[at] ?? "";
    if (words.length < 3) return firstOf(word, at, () => true);
    // The last word or two of a longer line could match anywhere.
    if (words.length - at < 3) return -1;
    const place = firstOf(toGram(words, at), at, () => true);
    return place >= 0 ? place : firstOf(word, at, (start) => isWhole(start, at));
  }

  /** Whether a stretch of one or two words begins here and the line contains all of it. */
  function isWhole(place: number, at: number): boolean {
    const which = index.stretchOf[place] ?? -1;
    const length = index.stretches[which]?.words.length ?? 0;
    if (length > 2 || starts[which] !== place) return false;
    return length === 1 || keys[place + 1] === words[at + 1];
  }

  function firstOf(gram: string, at: number, isRight: (place: number) => boolean): number {
    const known = index.placesOf.get(gram);
    if (!known) return -1;
    for (const start of [Math.max(next, earliest), earliest]) {
      let tried = firstAtLeast(known, start);
      for (const end = tried + mostTried; tried < Math.min(end, known.length); tried += 1) {
        const place = known[tried] ?? -1;
        if (fits(place, at) && isRight(place)) return place;
      }
    }
    return -1;
  }

  /** Extends a match backwards, skipping single words that differ. */
  function takeBefore(place: number, at: number) {
    let differing = 0;
    for (let back = 1; differing < 2 && places[at - back] === -1; back += 1) {
      if (fits(place - back, at - back)) {
        take(place - back, at - back);
        differing = 0;
      } else differing += 1;
    }
  }

  for (let at = 0; at < words.length; ) {
    const near = isFound ? findNearby(at) : -1;
    let place = near >= 0 ? near : findAnywhere(at);
    if (place < 0) {
      at += 1;
      continue;
    }
    if (near < 0) takeBefore(place, at);
    isFound = true;
    while (fits(place, at)) {
      take(place, at);
      at += 1;
      place += 1;
    }
    next = place;
  }
  return next;
}

function isNear({ stretches, stretchOf }: Index, place: number, line: Stretch): boolean {
  const stretch = stretches[stretchOf[place] ?? -1];
  return stretch !== undefined && overlap(stretch, line);
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.from <= b.to + slackMs && a.to >= b.from - slackMs;
}

/** Returns the stretches (ascending by time) that overlap a line in time, capped at a few. */
export function findNear<S extends Stretch & { at: number }>(stretches: readonly S[], line: S): S[] {
  const first = findFirst(stretches.length, (n) => (stretches[n]?.at ?? 0) >= line.from - slackMs);
  return stretches
    .slice(Math.max(0, first - 1), first + mostTried)
    .filter((stretch) => overlap(stretch, line));
}

/** Returns the index of the first element that is at least `least`; the length if there is none. */
function firstAtLeast(ascending: ArrayLike<number>, least: number): number {
  return findFirst(ascending.length, (n) => (ascending[n] ?? 0) >= least);
}

/** Returns the first of `length` indexes from which on `holds` is true, by binary search. */
function findFirst(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
