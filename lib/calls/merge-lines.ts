import { type Alignment, alignWords, findNear, type Stretch } from "@/lib/calls/align-words";
import { estimateOffset, estimateOffsetByFinals, estimateOffsetByTools } from "@/lib/calls/estimate-offset";
import type { HeardLine, Line, LineSource, PartialLine } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/mark";
import { countAlike, dropReplacedPartials, isRewritten, toPartialLine } from "@/lib/calls/partial-lines";
import { placeUntimed } from "@/lib/calls/place-untimed";
import type { Speaker } from "@/lib/calls/speaker";
import { toOnlyIn } from "@/lib/calls/to-only-in";
import { toWords } from "@/lib/calls/words";

/** A line, or what only it has of it, on the way to being shown. */
interface Piece extends Stretch {
  id: string;
  line: HeardLine;
  /** Epoch ms, by the clock of the events' stamps. */
  at: number;
  endedAt: number | null;
  notBefore: number | null;
  text: string;
  /** Who else has these words. */
  sources: Set<LineSource>;
}

/** What lines of several sources tell of each other. */
interface Learnt {
  /** When lines were said whose own source does not say. */
  saidAt: Map<string, number>;
  /** How long after its words were over each final was stamped, by the messages' clock. */
  behind: number[];
}

/** What else is known of the call the lines are of. */
export interface Surroundings {
  /** Its marks: speech that began tells how far the two clocks of a web call are apart. */
  marks?: readonly Mark[];
  /** What is being said now. */
  partials?: readonly PartialLine[];
}

/** The strongest first. What tells no time is looked for among everything that does. */
const groups: readonly { source: LineSource; isTimed: boolean }[] = [
  { source: "report", isTimed: true },
  { source: "report", isTimed: false },
  { source: "transcript", isTimed: true },
  { source: "conversation", isTimed: true },
  { source: "conversation", isTimed: false },
];

const speakers: readonly Speaker[] = ["user", "assistant"];
/** As slow as people speak. */
const wordMs = 700;
/** A tool call's own event is stamped a few milliseconds after its entry in the conversation. */
const afterToolMs = 100;

/**
 * The lines of all sources → the lines that are shown, ascending by time: what several sources cover stands once, in the wording
 * of the strongest, and every word that any of them has stands somewhere. Pure; order and repetition of the lines do not
 * matter. Takes n log n for n words.
 */
export function mergeLines(
  heard: readonly HeardLine[],
  { marks = [], partials = [] }: Surroundings = {},
): Line[] {
  const bySpeech = estimateBySpeech(heard, marks);
  const first = mergeAt(bySpeech ?? 0, heard, partials);
  if (bySpeech !== null) return first.lines;
  const offset = estimateOffsetByFinals(first.behind) ?? estimateOffsetByTools(toMessages(heard));
  return offset === 0 ? first.lines : mergeAt(offset, heard, partials).lines;
}

/** @param offset by how much the messages' clock is behind the stamps' */
function mergeAt(offset: number, heard: readonly HeardLine[], partials: readonly PartialLine[]) {
  const learnt: Learnt = { saidAt: new Map(), behind: [] };
  const merged = speakers.flatMap((role) => {
    const mine = heard.filter((line) => line.role === role).map((line) => toPiece(line, offset));
    const of = (source: LineSource, isTimed: boolean) =>
      mine.filter(({ line }) => line.source === source && line.isTimed === isTimed).sort(byTime);
    const pieces = groups.reduce<Piece[]>(
      (known, { source, isTimed }) => join(known, of(source, isTimed), learnt),
      [],
    );
    const open = partials
      .filter((partial) => partial.role === role)
      .map((partial) => toPiece(toPartialLine(partial), 0));
    return joinPartials(pieces, of("partial", true), open);
  });
  const places = placeUntimed(heard, learnt.saidAt);
  for (const piece of merged) settle(piece, places);
  const onlyIn = toOnlyIn(merged, heard);
  const lines = merged.sort(byTime).map((piece) => toLine(piece, onlyIn(piece)));
  return { lines, behind: learnt.behind };
}

/** Puts a piece where it belongs in time, now that all is known. */
function settle(piece: Piece, places: ReadonlyMap<string, number>) {
  const { line } = piece;
  const placed = places.get(line.id);
  if (placed !== undefined && piece.id === line.id) piece.at = placed;
  if (piece.notBefore !== null && piece.at <= piece.notBefore) piece.at = piece.notBefore + afterToolMs;
}

/** Lines with a `time` of their own: on web calls it is of another clock than the stamps. */
const isOfMessage = ({ source, isTimed }: HeardLine) =>
  isTimed && (source === "report" || source === "conversation");

function toMessages(heard: readonly HeardLine[]) {
  return heard.filter(isOfMessage).map(({ role, source, at, notBefore }) => ({
    role,
    source,
    at: Date.parse(at),
    notBefore: notBefore === null ? null : Date.parse(notBefore),
  }));
}

function estimateBySpeech(heard: readonly HeardLine[], marks: readonly Mark[]): number | null {
  const messages = toMessages(heard);
  const source = messages.some((message) => message.source === "report") ? "report" : "conversation";
  const speech = marks.flatMap(({ kind, role, at }) =>
    kind === "speech-started" && role ? [{ role, at: Date.parse(at) }] : [],
  );
  return estimateOffset(
    messages.filter((message) => message.source === source),
    speech,
  );
}

function toPiece(line: HeardLine, offset: number): Piece {
  const words = toWords(line.text);
  const shiftMs = isOfMessage(line) ? offset : 0;
  const at = Date.parse(line.at) + shiftMs;
  const endedAt = line.endedAt === null ? null : Date.parse(line.endedAt) + shiftMs;
  // A report may tell what was said in order only; a conversation was said before its update at least.
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

/** The pieces there are, and what only the added lines (of one source) have. */
function join(pieces: Piece[], added: readonly Piece[], learnt: Learnt): Piece[] {
  if (pieces.length === 0 || added.length === 0) return [...pieces, ...added];
  const alignment = alignWords(pieces, added);
  const counts = new Map<Piece, number>();
  const told: { line: HeardLine; piece: Piece }[] = [];
  const rest = added.flatMap((line, n) => {
    const places = alignment.places[n] ?? new Int32Array();
    dropIslands(places, pieces, alignment);
    noteFound(line, places, pieces, alignment, learnt);
    for (const place of places) note(counts, pieceAt(pieces, alignment, place));
    const piece = findTaker(places, pieces, alignment);
    if (piece) told.push({ line: line.line, piece });
    noteBehind(line, places, pieces, alignment, learnt);
    return runsOf(places).map(([from, to]) => {
      const piece = cut(line, from, to);
      return between(
        piece,
        pieceAt(pieces, alignment, places[from - 1]),
        pieceAt(pieces, alignment, places[to]),
      );
    });
  });
  const source = added[0]?.line.source;
  for (const [piece, count] of counts) {
    if (source && count * 2 >= piece.words.length) piece.sources.add(source);
  }
  for (const { line, piece } of told) piece.line = withMore(piece.line, line);
  return [...pieces, ...rest].sort(byTime);
}

/** The piece that has most of a line's words; null where they stand nowhere else. */
function findTaker(places: Int32Array, pieces: readonly Piece[], alignment: Alignment): Piece | null {
  const counts = new Map<Piece, number>();
  for (const place of places) note(counts, pieceAt(pieces, alignment, place));
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] * 2 >= places.length ? most[0] : null;
}

/** A line with what a weaker source alone tells of the same words: only finals say who spoke, and how sure they are. */
function withMore(line: HeardLine, { assistantName, confidence, filter }: HeardLine): HeardLine {
  const least = Math.min(line.confidence ?? 1, confidence ?? 1);
  return {
    ...line,
    ...(assistantName && { assistantName: line.assistantName ?? assistantName }),
    ...(confidence != null && { confidence: least }),
    ...(filter && { filter: line.filter ?? filter }),
  };
}

function pieceAt(pieces: readonly Piece[], { stretchOf }: Alignment, place: number | undefined) {
  return place === undefined || place < 0 ? null : (pieces[stretchOf[place] ?? -1] ?? null);
}

/** What a line and the pieces that have its words tell of each other. */
function noteFound(
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
    const [untimed, at] = line.line.isTimed ? [piece, Math.min(line.from, line.at)] : [line, piece.at];
    if (line.line.isTimed !== piece.line.isTimed && !saidAt.has(untimed.line.id))
      saidAt.set(untimed.line.id, at);
    const isBeginning = word === 0 && place - (starts[which] ?? 0) <= 2;
    if (isBeginning && line.notBefore !== null) {
      piece.notBefore = Math.max(piece.notBefore ?? line.notBefore, line.notBefore);
    }
  }
}

/** A final is stamped when its words are over: how long after they were by the messages' clock. */
function noteBehind(
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

function note(counts: Map<Piece, number>, piece: Piece | null) {
  if (piece) counts.set(piece, (counts.get(piece) ?? 0) + 1);
}

/** The words of a line that stand nowhere else, in runs: where each begins and ends. */
function runsOf(places: Int32Array): [number, number][] {
  const runs: [number, number][] = [];
  for (let from = 0; from < places.length; ) {
    if ((places[from] ?? -1) >= 0) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < places.length && (places[to] ?? -1) < 0) to += 1;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** A word or two between words that were not found was found by chance: they are left where they were said. */
function dropIslands(places: Int32Array, pieces: readonly Piece[], { stretchOf }: Alignment) {
  const runs = runsOf(places);
  for (const [n, [from]] of runs.slice(1).entries()) {
    const end = runs[n]?.[1] ?? from;
    const length = from - end;
    const isWhole = pieces[stretchOf[places[end] ?? -1] ?? -1]?.words.length === length;
    if (length < 3 && !isWhole) places.fill(-1, end, from);
  }
}

/** Some words of a line as a piece of their own. */
function cut(piece: Piece, from: number, to: number): Piece {
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

/** A piece in its place: after what was said before it, and before what was said after. */
function between(piece: Piece, before: Piece | null, after: Piece | null): Piece {
  if (!piece.line.isTimed && before) piece.at = before.at;
  if (after && after !== before && after.line.isTimed && piece.at >= after.at) piece.at = after.at - 1;
  if (before?.line.isTimed && piece.at <= before.at) piece.at = before.at + 1;
  return piece;
}

/** What partials have that nothing else has: the final of those words was lost. */
function joinPartials(pieces: readonly Piece[], partials: readonly Piece[], open: readonly Piece[]): Piece[] {
  if (partials.length === 0) return [...pieces];
  const known = [...pieces, ...open].sort(byTime);
  const kept = dropReplacedPartials(partials).filter((partial) => !isBegunBy(partial, known));
  const alignment = alignWords(known, kept, { isShared: true });
  const rest = kept.flatMap((partial, n) => {
    const places = alignment.places[n] ?? new Int32Array();
    return runsOf(places)
      .filter(([from, to]) => !isRewritten(to - from, gapAt(places, from, to, known, alignment)))
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
 * Whether a partial is the beginning of something that was said then, its last words not yet understood. A first word or
 * two may have been taken for others altogether: they are nothing that was said beside the line.
 */
function isBegunBy(partial: Piece, known: readonly Piece[]): boolean {
  return findNear(known, partial).some((piece) => {
    const { words } = partial;
    const alike = countAlike(words, piece.words);
    const isReworded = alike * 2 >= words.length && piece.words.length > alike;
    const isDuring = partial.at >= piece.from - misheardMs && partial.at <= piece.to + misheardMs;
    return alike === words.length || isReworded || (isDuring && words.length <= 2);
  });
}

/** A partial of the first words comes this long before or after the time its line is given. */
const misheardMs = 2_500;

/** How many words that are not the partial's the line has where these words of it are missing. */
function gapAt(
  places: Int32Array,
  from: number,
  to: number,
  known: readonly Piece[],
  { stretchOf, starts }: Alignment,
) {
  const [before, after] = [places[from - 1] ?? -1, places[to] ?? -1];
  const which = stretchOf[before >= 0 ? before : after] ?? -1;
  const start = starts[which] ?? 0;
  if (before < 0) return after < 0 ? 0 : after - start;
  const end = start + (known[which]?.words.length ?? 0);
  return (after > before && after < end ? after : end) - before - 1;
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

function byTime(a: Piece, b: Piece): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
