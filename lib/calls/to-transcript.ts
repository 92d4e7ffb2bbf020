import { findUnsaid } from "@/lib/calls/find-unsaid";
import type { Line, LineFilter, PartialLine } from "@/lib/calls/line";
import type { Speaker } from "@/lib/calls/speaker";

/** What one voice said without the other between. `partial` is being said now and will be replaced. */
export interface Bubble {
  kind: "bubble";
  /** The first line's id, which stays the same while the bubble grows; the role's while there is only a partial. */
  id: string;
  role: Speaker;
  at: string;
  until: string;
  text: string;
  partial: string | null;
  /** The one source that has these words; of an own bubble, so that it can be told. */
  onlyIn: Line["onlyIn"];
  /** Which assistant spoke, where Vapi says. */
  assistantName: string | null;
  /** Of the line the transcriber was least sure of, 0 to 1. */
  confidence: number | null;
  /** What Vapi's security filter did to lines of it. */
  filters: LineFilter[];
}

/** Anything else that has its place among the bubbles: a tool call, a transfer, a hang. */
export interface Moment {
  kind: "moment";
  id: string;
  at: string;
}

/** After this long a silence the same voice begins anew: the pause is worth seeing. */
const pauseMs = 20_000;

/**
 * Lines, partials and moments → what a reader sees, ascending by time. Finals come in pieces (vapi: several per turn,
 * cut mid-sentence), so neighbours of one role are one bubble. A partial is shown at the end of its role's bubble,
 * and only while it is newer than the last line of that role and not said by it already.
 */
export function toTranscript<M extends Moment = never>(
  lines: readonly Line[],
  partials: readonly PartialLine[],
  moments: readonly M[] = [],
): (Bubble | M)[] {
  const open = partials.filter((partial) => isOpen(partial, lines));
  const pieces = [...lines.map(fromLine), ...open.map(fromPartial), ...moments].sort(byTime);
  const transcript: (Bubble | M)[] = [];
  for (const piece of pieces) {
    const last = transcript.at(-1);
    if (piece.kind === "bubble" && last?.kind === "bubble" && continues(last, piece)) {
      transcript[transcript.length - 1] = join(last, piece);
    } else {
      transcript.push(piece);
    }
  }
  return transcript;
}

function fromLine(line: Line): Bubble {
  const { id, role, at, endedAt, text, onlyIn, assistantName = null, confidence = null, filter } = line;
  const filters = filter ? [filter] : [];
  const until = endedAt ?? at;
  return {
    kind: "bubble",
    id,
    role,
    at,
    until,
    text,
    partial: null,
    onlyIn,
    assistantName,
    confidence,
    filters,
  };
}

/** A partial tells nothing of these. */
const unsaid = { onlyIn: null, assistantName: null, confidence: null, filters: [] };

function fromPartial({ role, at, text }: PartialLine): Bubble {
  return { kind: "bubble", id: `partial-${role}`, role, at, until: at, text: "", partial: text, ...unsaid };
}

function isOpen(partial: PartialLine, lines: readonly Line[]): boolean {
  const last = lines.filter((line) => line.role === partial.role && line.final).reduce(later, null);
  return !last || (partial.at > last.at && !isSaidBy(last, partial));
}

function later(a: Line | null, b: Line): Line {
  return a && (a.at > b.at || (a.at === b.at && a.id > b.id)) ? a : b;
}

/** Lines of conversation updates and reports are stamped when the words began: such a final may look older than its partial. */
function isSaidBy(line: Line, partial: PartialLine): boolean {
  return line.source !== "transcript" && plain(line.text).includes(plain(partial.text));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function continues(bubble: Bubble, piece: Bubble): boolean {
  if (bubble.onlyIn !== piece.onlyIn) return false;
  const isOther = bubble.assistantName && piece.assistantName && bubble.assistantName !== piece.assistantName;
  return bubble.role === piece.role && !isOther && Date.parse(piece.at) - Date.parse(bubble.until) <= pauseMs;
}

function join(bubble: Bubble, piece: Bubble): Bubble {
  const [, until = piece.until] = [bubble.until, piece.until].sort();
  const text = [bubble.text, piece.text].filter(Boolean).join(" ");
  const partial = piece.partial === null ? null : findUnsaid(bubble.text, piece.partial);
  return {
    ...bubble,
    until,
    text,
    partial,
    assistantName: bubble.assistantName ?? piece.assistantName,
    confidence: least(bubble.confidence, piece.confidence),
    filters: [...bubble.filters, ...piece.filters],
  };
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function byTime(a: Bubble | Moment, b: Bubble | Moment): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}
