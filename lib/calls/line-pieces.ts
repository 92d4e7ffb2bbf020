import type { Alignment, Stretch } from "@/lib/calls/align-words";
import { toWords } from "@/lib/calls/align-words";
import type { LineSource, SourceLine } from "@/lib/calls/line";

/** A line, or the part of it that no other source has, on its way to being shown. */
export interface Piece extends Stretch {
  id: string;
  line: SourceLine;
  /** Epoch ms, by the clock of the events' stamps. */
  at: number;
  endedAt: number | null;
  notBefore: number | null;
  text: string;
  /** All sources that have these words. */
  sources: Set<LineSource>;
}

/** Time per word at the slowest pace of speech. */
const wordMs = 700;

/** Whether a line has a `time` of its own, which on web calls comes from another clock than the event stamps. */
export const isOfMessage = ({ source, isTimed }: SourceLine) =>
  isTimed && (source === "report" || source === "conversation");

/**
 * Turns a line as received into a piece, before it is compared with other lines.
 *
 * @param offset by how many ms the messages' clock is behind the stamps'
 */
export function toPiece(line: SourceLine, offset: number): Piece {
  const words = toWords(line.text);
  const shiftMs = isOfMessage(line) ? offset : 0;
  const at = Date.parse(line.at) + shiftMs;
  const endedAt = line.endedAt === null ? null : Date.parse(line.endedAt) + shiftMs;
  // An untimed report line may have been said at any time; a conversation line at least before its update.
  const latest = line.source === "report" ? Number.POSITIVE_INFINITY : at;
  const isStampedAtEnd = line.source === "transcript" || line.source === "partial";
  return {
    id: line.id,
    line,
    words,
    at,
    endedAt,
    from: line.isTimed ? at - (isStampedAtEnd ? words.length * wordMs : 0) : Number.NEGATIVE_INFINITY,
    to: isStampedAtEnd ? at : line.isTimed ? (endedAt ?? at + words.length * wordMs) : latest,
    notBefore: line.notBefore === null ? null : Date.parse(line.notBefore),
    text: line.text,
    sources: new Set([line.source]),
  };
}

export function pieceAt(pieces: readonly Piece[], { stretchOf }: Alignment, place: number | undefined) {
  return pieces[stretchOf[place ?? -1] ?? -1] ?? null;
}

/** Runs of a line's words that were found nowhere else, each as start and end (exclusive). */
export function runsOf(places: Int32Array): [number, number][] {
  const runs: [number, number][] = [];
  for (const [at, place] of places.entries()) {
    if (place >= 0) continue;
    const last = runs.at(-1);
    if (last?.[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  }
  return runs;
}

/** Cuts a run of words out of a line, as a piece of its own. */
export function cut(piece: Piece, from: number, to: number): Piece {
  const { words, line } = piece;
  if (from === 0 && to === words.length) return piece;
  const [first, last] = [words[from], words[to - 1]];
  const text = line.text
    .slice(from === 0 ? 0 : first?.from, to === words.length ? undefined : last?.to)
    .trim();
  const lengthMs = piece.endedAt === null ? words.length : piece.endedAt - piece.at;
  const isStampedAtEnd = piece.to === piece.at;
  const at = isStampedAtEnd ? piece.at : Math.round(piece.at + (lengthMs * from) / words.length);
  return {
    ...piece,
    id: `${line.id}-${from}`,
    words: words.slice(from, to),
    text,
    at,
    from: Math.max(piece.from, isStampedAtEnd ? piece.from : at),
    sources: new Set(piece.sources),
  };
}

/** Moves a piece to its place: after what was said before it, and before what was said after. */
export function between(piece: Piece, before: Piece | null, after: Piece | null): Piece {
  if (!piece.line.isTimed && before) piece.at = before.at;
  if (after && after !== before && after.line.isTimed && piece.at >= after.at) piece.at = after.at - 1;
  if (before?.line.isTimed && piece.at <= before.at) piece.at = before.at + 1;
  return piece;
}

export function byTime(a: Piece, b: Piece): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
