import { alignWords, type Stretch } from "@/lib/calls/align-words";
import type { HeardLine, PartialLine } from "@/lib/calls/line";
import { toWords, type Word } from "@/lib/calls/words";

/** Partials of one voice with the same beginning are one turn, told again while it grows, for this long at the most. */
const turnMs = 15_000;

/** The id of the line a partial is kept in: of those of one turn the newest stands. It says nothing of the words. */
export function toPartialId({ role, text, at }: PartialLine): string {
  const beginning = toWords(text.slice(0, 200)).slice(0, 3);
  const digest = toDigest(beginning.map(({ key }) => key).join(" "));
  return `partial-${role}-${Math.floor(Date.parse(at) / turnMs)}-${digest}`;
}

/** FNV-1a: short, and the same in a browser. */
function toDigest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What is being said, as a line that stands for its final should that get lost. */
export function toPartialLine(partial: PartialLine): HeardLine {
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
  /** When it was told, epoch ms. */
  at: number;
}

/** Partials of one turn follow each other within a second; each may word its end otherwise. */
const rewriteMs = 2_500;
/** A turn that goes on is told again from its beginning, this long after at the most. */
const growMs = 20_000;
/** How many of those that come next are looked at: the rows of one turn are few. */
const mostNext = 6;

/** Of partials of one voice, ascending by time, those that no later one has replaced. */
export function dropReplacedPartials<P extends PartialStretch>(partials: readonly P[]): P[] {
  return partials.filter(
    (partial, at) => !partials.slice(at + 1, at + 1 + mostNext).some((next) => isReplacedBy(partial, next)),
  );
}

function isReplacedBy(partial: PartialStretch, next: PartialStretch): boolean {
  const alike = countAlike(partial.words, next.words);
  const laterMs = next.at - partial.at;
  if (laterMs > growMs) return false;
  if (alike === partial.words.length || (laterMs <= rewriteMs && alike * 2 >= partial.words.length))
    return true;
  // A word amid a long turn was worded otherwise since.
  const [places] = alignWords([next], [partial]).places;
  return partial.words.length >= 5 && places !== undefined && countFound(places) * 10 >= places.length * 7;
}

const countFound = (places: Int32Array) => places.reduce((sum, place) => sum + (place >= 0 ? 1 : 0), 0);

/** How many words both begin with; the last of the partial may have been cut off. */
export function countAlike(partial: readonly Word[], next: readonly Word[]): number {
  const differs = partial.findIndex(({ key }, at) => {
    const other = next[at]?.key ?? "";
    return at === partial.length - 1 ? !other.startsWith(key) : other !== key;
  });
  return differs < 0 ? partial.length : differs;
}

/**
 * Whether words of a partial that stand nowhere else were only worded otherwise in the end: the line that took up what
 * is around them has other words there. Where it has none, their final was lost.
 *
 * @param words how many they are
 * @param gap how many words the line has there
 */
export function isRewritten(words: number, gap: number): boolean {
  return gap * 2 >= words;
}
