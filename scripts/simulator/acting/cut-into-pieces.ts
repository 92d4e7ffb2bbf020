import type { Random } from "@/scripts/simulator/random";

/** Words of one final, from the first to the one after the last. */
export interface Piece {
  from: number;
  to: number;
}

/** How many words a transcriber hears before it commits to them, wherever in the sentence that is. */
const lengths = { assistant: { least: 6, most: 16 }, user: { least: 12, most: 22 } };

/** Cuts a turn into its finals. No piece is shorter than three words unless the turn is. */
export function cutIntoPieces(random: Random, count: number, speaker: keyof typeof lengths): Piece[] {
  const { least, most } = lengths[speaker];
  const pieces: Piece[] = [];
  for (let from = 0; from < count; ) {
    const wanted = from + random.whole(least, most);
    const to = count - wanted < 3 ? count : wanted;
    pieces.push({ from, to });
    from = to;
  }
  return pieces;
}
