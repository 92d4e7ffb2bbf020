import { toWords } from "@/lib/calls/align-words";
import type { Speaker } from "@/lib/calls/call";
import type { Line, LineFilter, PartialLine } from "@/lib/calls/line";
import type { Mark, MarkKind, ToolCall } from "@/lib/calls/parts";
import { artifactLabel } from "@/lib/calls/report";
import type { OperatorAction } from "@/lib/control/action";
import { languageName } from "@/lib/format";

/** Fewer words than this may easily be said twice. */
const leastOverlap = 3;

/**
 * Returns the part of a partial that goes beyond the words before it, or null if there is none. Captions hold the whole
 * turn so far, whose first sentences are lines already and must not be shown again.
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

/** Uninterrupted speech of one voice. `partial` is being said now and will be replaced. */
export interface Bubble {
  kind: "bubble";
  /** Id of the first line, which stays the same while the bubble grows; based on the role while there is only a partial. */
  id: string;
  role: Speaker;
  at: string;
  until: string;
  text: string;
  partial: string | null;
  /** The only source with these words, if any. They get a bubble of their own, so that it can be labelled. */
  onlyIn: Line["onlyIn"];
  /** Which assistant spoke, if Vapi gives it. */
  assistantName: string | null;
  /** Confidence of its least certain line, 0 to 1. */
  confidence: number | null;
  /** Changes that Vapi's security filter made to its lines. */
  filters: LineFilter[];
}

/** Anything else with a place among the bubbles: a tool call, a transfer, a hang. */
export interface Moment {
  kind: "moment";
  id: string;
  at: string;
}

/** After a silence this long the same voice gets a new bubble, so that the pause is visible. */
const pauseMs = 20_000;

/**
 * Combines lines, partials and moments into the transcript, ascending by time. Finals come in pieces (Vapi sends
 * several per turn, cut mid-sentence), so neighbours of one role form one bubble. A partial is shown at the end of its
 * role's bubble, and only while it is newer than that role's last final and not contained in it.
 */
export function toTranscript<M extends Moment = never>(
  lines: readonly Line[],
  partials: readonly PartialLine[],
  moments: readonly M[] = [],
): (Bubble | M)[] {
  const open = partials.filter((partial) => isOpen(partial, lines));
  const pieces = [...lines.map(fromLine), ...open.map(fromPartial), ...moments].sort(byTimeAndId);
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

/** A partial has none of these. */
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
  return line.source !== "transcript" && toPlain(line.text).includes(toPlain(partial.text));
}

function toPlain(text: string): string {
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
  return {
    ...bubble,
    id: bubble.text ? bubble.id : piece.id,
    until,
    text,
    partial: joinPartial(bubble, piece),
    assistantName: bubble.assistantName ?? piece.assistantName,
    confidence: least(bubble.confidence, piece.confidence),
    filters: [...bubble.filters, ...piece.filters],
  };
}

/** A partial may sort before an unconfirmed line of its voice: its words stay until a line contains them. */
function joinPartial(bubble: Bubble, piece: Bubble): string | null {
  if (piece.partial !== null) return findUnsaid(bubble.text, piece.partial);
  if (bubble.partial === null || isWithin(bubble.partial, piece.text)) return null;
  return findUnsaid(piece.text, bubble.partial);
}

/** Whether a text contains these words. The last of them may have been cut off. */
function isWithin(words: string, text: string): boolean {
  return ` ${toPlain(text)}`.includes(` ${toPlain(words)}`);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function byTimeAndId(a: Bubble | Moment, b: Bubble | Moment): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}

/** An event of a call other than speech, with its place in the transcript. */
export type CallMoment = Moment &
  (
    | { what: "tool"; toolCall: ToolCall }
    | {
        what: "mark";
        mark: Mark;
        /** Number of warnings and time of the last one, for a hang with several warnings. */
        warnings?: number;
        until?: string;
      }
    | { what: "action"; action: OperatorAction }
  );

const markLabels: Readonly<Record<MarkKind, (detail: string | null) => string>> = {
  "speech-started": () => "Started speaking",
  "speech-stopped": () => "Stopped speaking",
  hang: () => "The assistant is hanging",
  interrupted: () => "The caller interrupted",
  transfer: (detail) => (detail ? `Transferred to ${detail}` : "Transferred"),
  "transfer-answered": (detail) => (detail ? `Transfer requested to ${detail}` : "Transfer requested"),
  "transfer-refused": (detail) => (detail ? `No transfer: ${detail}` : "No transfer"),
  language: (detail) => (detail ? `Language changed to ${languageName(detail)}` : "The language changed"),
  "assistant-started": (detail) => `${detail ?? "The assistant"} answered`,
  knowledge: (detail) => `Knowledge base searched: ${detail ?? "nothing found"}`,
  "hang-up-asked": (detail) => `Vapi requested a hang-up${detail ? `: ${detail}` : ""}`,
  "forward-asked": (detail) => `Vapi requested forwarding${detail ? ` to ${detail}` : ""}`,
  stored: (detail) => `${artifactLabel(detail ?? "An artifact")} was saved to your storage`,
  "not-stored": (detail) => `${artifactLabel(detail ?? "An artifact")} was not saved to your storage`,
  deleted: () => "Deleted at Vapi; kept here",
  "delete-failed": () => "Vapi could not delete the call",
};

export function describeMark({ kind, detail }: Mark): string {
  return markLabels[kind](detail);
}

/** Vapi reports one transfer by `status-update` and by `transfer-update`, seconds apart and in any order. */
const apartMs = 15_000;

/**
 * Drops the second of two marks of one transfer: those with the same destination, or where one names none. The earlier time
 * is kept, and the destination of the mark that names one. Pure; the order of the marks does not matter and is kept.
 */
export function dropDuplicateMarks(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const transfers = marks.filter(({ kind }) => kind === "transfer").sort(byTime);
  const gone = new Set<string>();
  for (const mark of transfers) {
    const told = kept.findIndex((first) => isSame(first, mark));
    const first = kept[told];
    if (!first) {
      kept.push(mark);
      continue;
    }
    kept[told] = { ...first, detail: first.detail ?? mark.detail };
    gone.add(mark.id);
  }
  const told = new Map(kept.map((mark) => [mark.id, mark]));
  return marks.filter(({ id }) => !gone.has(id)).map((mark) => told.get(mark.id) ?? mark);
}

function isSame(first: Mark, later: Mark): boolean {
  const isNear = Date.parse(later.at) - Date.parse(first.at) <= apartMs;
  return isNear && (first.detail === null || later.detail === null || plain(first) === plain(later));
}

/** Normalises a number, however it is written. */
function plain({ detail }: Mark): string {
  return (detail ?? "").toLowerCase().replace(/^(tel|sips?):|[\s().-]/g, "");
}

function byTime(a: Mark, b: Mark): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}

/** The bubbles already show speech. */
const speechMarks: ReadonlySet<MarkKind> = new Set(["speech-started", "speech-stopped"]);

/** Turns tool calls, marks other than speech and operators' actions into moments of the transcript, in any order. */
export function toMoments(
  toolCalls: readonly ToolCall[],
  marks: readonly Mark[],
  actions: readonly OperatorAction[] = [],
): CallMoment[] {
  const moment = <T>(id: string, at: string, details: T) => ({ kind: "moment" as const, id, at, ...details });
  return [
    ...actions.map((action) => moment(action.id, action.at, { what: "action" as const, action })),
    ...toolCalls.map((toolCall) =>
      moment(toolCall.id, toolCall.askedAt, { what: "tool" as const, toolCall }),
    ),
    ...dropDuplicateMarks(marks)
      .filter((mark) => !speechMarks.has(mark.kind))
      .map((mark) => moment(mark.id, mark.at, { what: "mark" as const, mark })),
  ];
}
