import {
  type Alignment,
  alignWords,
  findNear,
  type Stretch,
  toWords,
  type Word,
} from "@/lib/calls/align-words";
import type { PartialLine, SourceLine } from "@/lib/calls/line";
import { between, byTime, cut, type Piece, pieceAt, runsOf } from "@/lib/calls/line-pieces";

/** Partials of one voice with the same beginning are one growing turn, for at most this long. */
const turnMs = 15_000;

/** Id of the line that a partial is stored in: only the newest partial of a turn is kept. It does not reveal the words. */
export function toPartialId({ role, text, at }: PartialLine): string {
  const beginning = toWords(text.slice(0, 200)).slice(0, 3);
  const digest = toDigest(beginning.map(({ key }) => key).join(" "));
  return `partial-${role}-${Math.floor(Date.parse(at) / turnMs)}-${digest}`;
}

/** FNV-1a: short, and available in browsers too. */
function toDigest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** A partial as a line, which stands in for its final if that is lost. */
export function toPartialLine(partial: PartialLine): SourceLine {
  return {
    ...partial,
    id: toPartialId(partial),
    endedAt: null,
    source: "partial",
    final: false,
    isTimed: true,
    notBefore: null,
  };
}

interface PartialStretch extends Stretch {
  /** When the partial was sent, epoch ms. */
  at: number;
}

/** Partials of one turn follow each other within a second (recorded: 0.24 to 0.95 s). */
const cadenceMs = 1_000;
/** Within this time a partial may reword the end of the one before. */
const rewriteMs = 2_500;
/** A growing turn is sent again from its beginning within this time. */
const growMs = 20_000;
/** Number of following partials to compare with: one turn has few rows. */
const mostNext = 6;

/** Returns the partials (of one voice, ascending by time) that no later one has replaced. */
function dropReplacedPartials<P extends PartialStretch>(partials: readonly P[]): P[] {
  return partials.filter(
    (partial, at) => !partials.slice(at + 1, at + 1 + mostNext).some((next) => isReplacedBy(partial, next)),
  );
}

function isReplacedBy(partial: PartialStretch, next: PartialStretch): boolean {
  const alike = countAlike(partial.words, next.words);
  const laterMs = next.at - partial.at;
  if (laterMs > growMs) return false;
  // The first word or two may have been misrecognised entirely.
  if (partial.words.length <= 2 && next.words.length > partial.words.length && laterMs <= cadenceMs)
    return true;
  if (alike === partial.words.length || (laterMs <= rewriteMs && alike * 2 >= partial.words.length))
    return true;
  // A word in the middle of a long turn may have been reworded since.
  const [places] = alignWords([next], [partial]).places;
  return partial.words.length >= 5 && places !== undefined && countFound(places) * 10 >= places.length * 7;
}

const countFound = (places: Int32Array) => places.reduce((sum, place) => sum + (place >= 0 ? 1 : 0), 0);

/** Number of words that both begin with. The partial's last word may have been cut off. */
function countAlike(partial: readonly Word[], next: readonly Word[]): number {
  const differs = partial.findIndex(({ key }, at) => {
    const other = next[at]?.key ?? "";
    return at === partial.length - 1 ? !other.startsWith(key) : other !== key;
  });
  return differs < 0 ? partial.length : differs;
}

/**
 * Whether a partial's words that are found nowhere else were only reworded later: the line with the words around them
 * has other words in that place. If it has none there, their final was lost.
 *
 * @param words number of the partial's words
 * @param gap number of the line's words in that place
 */
function isRewritten(words: number, gap: number): boolean {
  return gap * 2 >= words;
}

/** Adds the words that only partials have: their final was lost. */
export function joinPartials(
  pieces: readonly Piece[],
  partials: readonly Piece[],
  open: readonly Piece[],
): Piece[] {
  if (partials.length === 0) return [...pieces];
  const known = [...pieces, ...open].sort(byTime);
  const kept = dropReplacedPartials(partials).filter((partial) => !isBegunBy(partial, known));
  const alignment = alignWords(known, kept, { isShared: true });
  const rest = kept.flatMap((partial, n) => {
    const places = alignment.places[n] ?? new Int32Array();
    return runsOf(places)
      .filter(([from, to]) => !isRewritten(to - from, gapAt(partial, places, from, to, known, alignment)))
      .map(([from, to]) => {
        const piece = cut(partial, from, to);
        return between(
          piece,
          pieceAt(known, alignment, places[from - 1]),
          pieceAt(known, alignment, places[to]),
        );
      });
  });
  return [...pieces, ...rest];
}

/**
 * Whether a partial is the beginning of a line of that time, its last words not yet recognised, or a part of one
 * with some words misrecognised.
 */
function isBegunBy(partial: Piece, known: readonly Piece[]): boolean {
  const { words } = partial;
  return findNear(known, partial).some((piece) => {
    const alike = countAlike(words, piece.words);
    const isReworded = isDuring(partial, piece) && alike * 2 >= words.length && piece.words.length > alike;
    return alike === words.length || isReworded || isMisheardIn(partial, piece);
  });
}

/** A longer partial has three recognised words in a row, so alignWords finds it. */
const longestMisheard = 12;
/** In a partial this short, every word may be misrecognised. */
const mostMisheard = 2;

/** Whether a line of that time contains a partial's words, except for some that were misrecognised. */
function isMisheardIn(partial: Piece, piece: Piece): boolean {
  const { length } = partial.words;
  // A final comes after all partials of its words.
  const isAfter = piece.line.source === "transcript" && partial.at > piece.at;
  if (length > longestMisheard || isAfter) return false;
  if (length <= mostMisheard && isSaidDuring(partial, piece, 0)) return true;
  return findBegins(partial.words, piece.words).some((begin) => {
    const alike = countInPlace(partial.words, piece.words, begin);
    if (alike === null) return false;
    if (alike * 2 >= length) return isDuring(partial, piece);
    return length - alike <= mostMisheard && isSaidDuring(partial, piece, begin);
  });
}

/** Places in a line where a partial may begin: at least one word is then in its place, and the partial fits in. */
function findBegins(words: readonly Word[], line: readonly Word[]): number[] {
  const places = toPlaces(line);
  const begins = words.flatMap(({ key }, at) => (places.get(key) ?? []).map((place) => place - at));
  return [...new Set(begins)].filter((begin) => begin >= 0 && begin + words.length <= line.length);
}

const placesOf = new WeakMap<readonly Word[], Map<string, number[]>>();

/** Positions of each word in a line, a few at most, so that words said over and over cost no more. */
function toPlaces(line: readonly Word[]): Map<string, number[]> {
  const known = placesOf.get(line);
  if (known) return known;
  const places = new Map<string, number[]>();
  for (const [at, { key }] of line.entries()) {
    const those = places.get(key);
    if (!those) places.set(key, [at]);
    else if (those.length < mostNext) those.push(at);
  }
  placesOf.set(line, places);
  return places;
}

/**
 * Number of a partial's words that are in their place in a line. Null if one of its other words is there too, in
 * another place: then something was said in between, and no word was misrecognised.
 */
function countInPlace(words: readonly Word[], line: readonly Word[], begin: number): number | null {
  const others = words.filter(({ key }, at) => line[begin + at]?.key !== key);
  const otherKeys = new Set(others.map(({ key }) => key));
  const isMoved = words.some(({ key }, at) => {
    const there = line[begin + at]?.key ?? "";
    return there !== key && otherKeys.has(there);
  });
  return isMoved ? null : words.length - others.length;
}

/** Whether a partial was sent while a line was being said; of a final, from the word it begins with. */
function isSaidDuring(partial: Piece, piece: Piece, begin: number): boolean {
  if (!piece.line.isTimed) return false;
  const early = piece.line.source === "transcript" ? 0 : misheardMs;
  return partial.at >= findBegun(piece, begin) - early && partial.at <= piece.to;
}

/** Time it takes to say words: a fixed time per letter, but at least that of a syllable. */
const letterMs = 75;
const syllableMs = 200;
const spokenMs = (words: readonly Word[]) =>
  words.reduce((sum, { from, to }) => sum + Math.max(syllableMs, (to - from + 1) * letterMs), 0);

/** A final comes this long after its words end. */
const settleMs = 500;

/** When a line, or its word at `begin`, was begun: finals and partials are stamped at their end. */
function findBegun({ from, to, line, words }: Piece, begin = 0): number {
  if (line.source === "transcript") return to - settleMs - spokenMs(words.slice(begin));
  return line.source === "partial" ? to - spokenMs(words.slice(begin)) : from;
}

/** A partial may come this long before or after its line's time. */
const misheardMs = 2_500;

const isDuring = (partial: Piece, piece: Piece) =>
  partial.at >= findBegun(piece) - misheardMs && partial.at <= piece.to + misheardMs;

/** Number of other words that the line has in place of the partial's missing ones; 0 if it is of another time. */
function gapAt(
  partial: Piece,
  places: Int32Array,
  from: number,
  to: number,
  known: readonly Piece[],
  { stretchOf, starts }: Alignment,
) {
  const [before, after] = [places[from - 1] ?? -1, places[to] ?? -1];
  const which = stretchOf[before >= 0 ? before : after] ?? -1;
  const line = known[which];
  if (!line || !isDuring(partial, line)) return 0;
  const start = starts[which] ?? 0;
  if (before < 0) return after - start;
  const end = start + line.words.length;
  return (after > before && after < end ? after : end) - before - 1;
}
