import { toWords } from "@/lib/calls/align-words";
import type { Speaker } from "@/lib/calls/call";
import type { Line, LineFilter, PartialLine } from "@/lib/calls/line";
import type { Mark, MarkKind, ToolCall } from "@/lib/calls/parts";
import { artifactLabel } from "@/lib/calls/report";
import type { OperatorAction } from "@/lib/control/action";
import { languageName } from "@/lib/format";

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
 * and only while it is newer than the last final of that role and not said by it already.
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

/** A partial may sort before a line of its voice that is not confirmed either: its words stay until a line has them. */
function joinPartial(bubble: Bubble, piece: Bubble): string | null {
  if (piece.partial !== null) return findUnsaid(bubble.text, piece.partial);
  if (bubble.partial === null || isWithin(bubble.partial, piece.text)) return null;
  return findUnsaid(piece.text, bubble.partial);
}

/** Whether a text has these words. The last of them may have been cut off. */
function isWithin(words: string, text: string): boolean {
  return ` ${toPlain(text)}`.includes(` ${toPlain(words)}`);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function byTimeAndId(a: Bubble | Moment, b: Bubble | Moment): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}

/** What happened on a call beside talk, each with its place in the transcript. */
export type CallMoment = Moment &
  (
    | { what: "tool"; toolCall: ToolCall }
    | {
        what: "mark";
        mark: Mark;
        /** How often Vapi warned of it, and when last; only of a hang it warned of several times. */
        warnings?: number;
        until?: string;
      }
    | { what: "action"; action: OperatorAction }
  );

const words: Readonly<Record<MarkKind, (detail: string | null) => string>> = {
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

/** A mark in plain words. */
export function describeMark({ kind, detail }: Mark): string {
  return words[kind](detail);
}

/** Vapi tells of one transfer by `status-update` and by `transfer-update`, seconds apart and in any order. */
const apartMs = 15_000;

/**
 * Marks without the second word of one transfer: same destination, or one that does not say where to. The first of the two stands
 * in time; the destination is whichever of them says it. Pure; the order of the marks does not matter and is kept.
 */
export function dropToldTwice(marks: readonly Mark[]): Mark[] {
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

/** A number is the same however it is written. */
function plain({ detail }: Mark): string {
  return (detail ?? "").toLowerCase().replace(/^(tel|sips?):|[\s().-]/g, "");
}

function byTime(a: Mark, b: Mark): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}

/** Speech is told by the bubbles themselves. */
const untold: ReadonlySet<MarkKind> = new Set(["speech-started", "speech-stopped"]);

/** Tool calls, telling marks and what people did → moments of the transcript, in any order. */
export function toMoments(
  toolCalls: readonly ToolCall[],
  marks: readonly Mark[],
  actions: readonly OperatorAction[] = [],
): CallMoment[] {
  const moment = <T>(id: string, at: string, told: T) => ({ kind: "moment" as const, id, at, ...told });
  return [
    ...actions.map((action) => moment(action.id, action.at, { what: "action" as const, action })),
    ...toolCalls.map((toolCall) =>
      moment(toolCall.id, toolCall.askedAt, { what: "tool" as const, toolCall }),
    ),
    ...dropToldTwice(marks)
      .filter((mark) => !untold.has(mark.kind))
      .map((mark) => moment(mark.id, mark.at, { what: "mark" as const, mark })),
  ];
}
