import { toWords } from "@/lib/calls/words";

/** Fewer words than this may well be said twice. */
const leastOverlap = 3;

/**
 * What a partial says beyond the words before it. Captions hold the whole turn so far, of which the first sentences
 * are lines already: they are not shown again. Null when nothing is left.
 *
 * @param said what the same voice said right before
 */
export function findUnsaid(said: string, partial: string): string | null {
  const before = toWords(said).map(({ key }) => key);
  const words = toWords(partial);
  for (let length = Math.min(before.length, words.length); length >= leastOverlap; length -= 1) {
    const isOverlap = words
      .slice(0, length)
      .every(({ key }, at) => key === before[before.length - length + at]);
    if (isOverlap) return partial.slice(words[length]?.from ?? partial.length).trim() || null;
  }
  return partial;
}
