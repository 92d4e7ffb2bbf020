import { type Alignment, alignWords } from "@/lib/calls/align-words";
import type { Speaker } from "@/lib/calls/call";
import {
  estimateOffset,
  estimateOffsetByFinals,
  estimateOffsetByTools,
  placeUntimed,
} from "@/lib/calls/clocks";
import type { Line, LineSource, PartialLine, SourceLine } from "@/lib/calls/line";
import {
  between,
  byTime,
  cut,
  isOfMessage,
  type Piece,
  pieceAt,
  runsOf,
  toPiece,
} from "@/lib/calls/line-pieces";
import { toOnlyIn } from "@/lib/calls/only-in";
import { joinPartials, toPartialLine } from "@/lib/calls/partial-lines";
import type { Mark } from "@/lib/calls/parts";

/** Facts that lines of several sources reveal about each other. */
interface Learnt {
  /** Times of lines whose own source gives none, by id. */
  saidAt: Map<string, number>;
  /** How long after the end of its words each final was stamped, by the messages' clock. */
  behind: number[];
}

/** Other facts of the call that the lines belong to. */
interface Surroundings {
  /** Its marks: starts of speech show how far apart the two clocks of a web call are. */
  marks?: readonly Mark[];
  /** Partials being said now. */
  partials?: readonly PartialLine[];
}

/** Strongest first. Untimed lines take their times from timed ones with the same words. */
const groups: readonly { source: LineSource; isTimed: boolean }[] = [
  { source: "report", isTimed: true },
  { source: "report", isTimed: false },
  { source: "transcript", isTimed: true },
  { source: "conversation", isTimed: true },
  { source: "conversation", isTimed: false },
];

const speakers: readonly Speaker[] = ["user", "assistant"];
/** A tool call's own event is stamped a few milliseconds after its entry in the conversation. */
const afterToolMs = 100;

/**
 * Merges the lines of all sources into the lines that are shown, ascending by time: words that several sources cover
 * appear once, in the wording of the strongest, and no source's words are lost. Pure; order and repetition of the lines
 * do not matter. Takes n log n for n words.
 */
export function mergeLines(
  sourceLines: readonly SourceLine[],
  { marks = [], partials = [] }: Surroundings = {},
): Line[] {
  const bySpeech = estimateBySpeech(sourceLines, marks);
  const first = mergeAt(bySpeech ?? 0, sourceLines, partials);
  if (bySpeech !== null) return first.lines;
  const offset = estimateOffsetByFinals(first.behind) ?? estimateOffsetByTools(toMessages(sourceLines));
  return offset === 0 ? first.lines : mergeAt(offset, sourceLines, partials).lines;
}

/** @param offset by how many ms the messages' clock is behind the stamps' */
function mergeAt(offset: number, sourceLines: readonly SourceLine[], partials: readonly PartialLine[]) {
  const learnt: Learnt = { saidAt: new Map(), behind: [] };
  const merged = speakers.flatMap((role) => {
    const mine = sourceLines.filter((line) => line.role === role).map((line) => toPiece(line, offset));
    const of = (source: LineSource, isTimed: boolean) =>
      mine.filter(({ line }) => line.source === source && line.isTimed === isTimed).sort(byTime);
    const pieces = groups.reduce<Piece[]>(
      (known, { source, isTimed }) => join(known, of(source, isTimed), source, learnt),
      [],
    );
    const open = partials
      .filter((partial) => partial.role === role)
      .map((partial) => toPiece(toPartialLine(partial), 0));
    return joinPartials(pieces, of("partial", true), open);
  });
  const places = placeUntimed(sourceLines, learnt.saidAt);
  for (const piece of merged) settle(piece, places);
  const onlyIn = toOnlyIn(merged, sourceLines);
  const lines = merged.sort(byTime).map((piece) => toLine(piece, onlyIn(piece)));
  return { lines, behind: learnt.behind };
}

/** Sets a piece's final time, once all lines are known. */
function settle(piece: Piece, places: ReadonlyMap<string, number>) {
  const placed = places.get(piece.id);
  if (placed !== undefined) piece.at = placed;
  if (piece.notBefore !== null && piece.at <= piece.notBefore) piece.at = piece.notBefore + afterToolMs;
}

function toMessages(sourceLines: readonly SourceLine[]) {
  return sourceLines.filter(isOfMessage).map(({ role, source, at, notBefore }) => ({
    role,
    source,
    at: Date.parse(at),
    notBefore: notBefore === null ? null : Date.parse(notBefore),
  }));
}

function estimateBySpeech(sourceLines: readonly SourceLine[], marks: readonly Mark[]): number | null {
  const messages = toMessages(sourceLines);
  const source = messages.some((message) => message.source === "report") ? "report" : "conversation";
  const speech = marks.flatMap(({ kind, role, at }) =>
    kind === "speech-started" && role ? [{ role, at: Date.parse(at) }] : [],
  );
  return estimateOffset(
    messages.filter((message) => message.source === source),
    speech,
  );
}

/** Adds to the pieces the words that only the added lines (of one source) have. */
function join(pieces: Piece[], added: readonly Piece[], source: LineSource, learnt: Learnt): Piece[] {
  if (added.length === 0) return pieces;
  const alignment = alignWords(pieces, added);
  const counts = new Map<Piece, number>();
  const taken: { line: SourceLine; piece: Piece }[] = [];
  const rest = added.flatMap((line, n) => {
    const places = alignment.places[n] ?? new Int32Array();
    dropIslands(places, pieces, alignment);
    learnFound(line, places, pieces, alignment, learnt);
    for (const place of places) countPlace(counts, pieceAt(pieces, alignment, place));
    const piece = findTaker(places, pieces, alignment);
    if (piece) taken.push({ line: line.line, piece });
    learnBehind(line, places, pieces, alignment, learnt);
    return runsOf(places).map(([from, to]) => {
      const piece = cut(line, from, to);
      return between(
        piece,
        pieceAt(pieces, alignment, places[from - 1]),
        pieceAt(pieces, alignment, places[to]),
      );
    });
  });
  for (const [piece, count] of counts) {
    if (count * 2 >= piece.words.length) piece.sources.add(source);
  }
  for (const { line, piece } of taken) piece.line = withMore(piece.line, line);
  return [...pieces, ...rest].sort(byTime);
}

/** Returns the piece that has most of a line's words; null unless it has at least half of them. */
function findTaker(places: Int32Array, pieces: readonly Piece[], alignment: Alignment): Piece | null {
  const counts = new Map<Piece, number>();
  for (const place of places) countPlace(counts, pieceAt(pieces, alignment, place));
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] * 2 >= places.length ? most[0] : null;
}

/** Adds facts that only a weaker source has about the same words: only finals have a confidence, not every message its assistant. */
function withMore(line: SourceLine, { assistantName, confidence, filter }: SourceLine): SourceLine {
  const least = Math.min(line.confidence ?? 1, confidence ?? 1);
  return {
    ...line,
    ...(assistantName && { assistantName: line.assistantName ?? assistantName }),
    ...(confidence != null && { confidence: least }),
    ...(filter && { filter: line.filter ?? filter }),
  };
}

/** Records what a line and the pieces with the same words reveal about each other's times. */
function learnFound(
  line: Piece,
  places: Int32Array,
  pieces: readonly Piece[],
  { stretchOf, starts }: Alignment,
  { saidAt }: Learnt,
) {
  for (const [word, place] of places.entries()) {
    const which = stretchOf[place] ?? -1;
    const piece = pieces[which];
    if (place < 0 || !piece) continue;
    const [untimed, at] = line.line.isTimed ? [piece, line.from] : [line, piece.at];
    if (line.line.isTimed !== piece.line.isTimed && !saidAt.has(untimed.line.id))
      saidAt.set(untimed.line.id, at);
    const isBeginning = word === 0 && place - (starts[which] ?? 0) <= 2;
    if (isBeginning && line.notBefore !== null) {
      piece.notBefore = Math.max(piece.notBefore ?? line.notBefore, line.notBefore);
    }
  }
}

/** Records how long after the end of its words a final was stamped, by the messages' clock. */
function learnBehind(
  line: Piece,
  places: Int32Array,
  pieces: readonly Piece[],
  alignment: Alignment,
  { behind }: Learnt,
) {
  const place = places.at(-1) ?? -1;
  const message = pieceAt(pieces, alignment, place);
  if (!message || line.line.source !== "transcript" || message.endedAt === null) return;
  const start = alignment.starts[alignment.stretchOf[place] ?? -1] ?? 0;
  const share = (place - start + 1) / message.words.length;
  behind.push(line.at - (message.at + (message.endedAt - message.at) * share));
}

function countPlace(counts: Map<Piece, number>, piece: Piece | null) {
  if (piece) counts.set(piece, (counts.get(piece) ?? 0) + 1);
}

/** A match of one or two words between unmatched ones is chance, unless it is a whole piece: they stay in their line. */
function dropIslands(places: Int32Array, pieces: readonly Piece[], { stretchOf }: Alignment) {
  const runs = runsOf(places);
  for (const [n, [from]] of runs.slice(1).entries()) {
    const end = runs[n]?.[1] ?? from;
    const length = from - end;
    const isWhole = pieces[stretchOf[places[end] ?? -1] ?? -1]?.words.length === length;
    if (length < 3 && !isWhole) places.fill(-1, end, from);
  }
}

function toLine({ id, line, at, endedAt, text }: Piece, onlyIn: Line["onlyIn"]): Line {
  const { role, source, final, assistantName, confidence, filter } = line;
  return {
    id,
    role,
    text,
    at: new Date(at).toISOString(),
    endedAt: endedAt === null ? null : new Date(Math.max(at, endedAt)).toISOString(),
    source,
    final,
    ...(assistantName && { assistantName }),
    ...(confidence != null && { confidence }),
    ...(filter && { filter }),
    onlyIn,
  };
}
