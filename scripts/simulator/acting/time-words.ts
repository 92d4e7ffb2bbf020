import type { Random } from "@/scripts/simulator/random";

/** Some 3.3 words a second for the assistant's voice, a little slower for people, with breath at commas and stops. */
const pace = { assistant: { baseMs: 120, letterMs: 36 }, user: { baseMs: 150, letterMs: 41 } };

/** When each word has been said, in milliseconds after the first one began. */
export function timeWords(random: Random, words: readonly string[], speaker: keyof typeof pace): number[] {
  const { baseMs, letterMs } = pace[speaker];
  let endMs = 0;
  return words.map((word) => {
    const breathMs = /[.?!]$/.test(word) ? 280 : /[,:;]$/.test(word) ? 140 : 0;
    endMs += (baseMs + letterMs * word.length) * random.between(0.85, 1.15) + breathMs;
    return Math.round(endMs);
  });
}
