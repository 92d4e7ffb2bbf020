import { findSilences, type Silence, type SpeechFacts, toStretches } from "@/lib/alerts/silences";
import type { Call, Speaker } from "@/lib/calls/call";
import type { Line } from "@/lib/calls/line";
import type { Mark, ToolCall } from "@/lib/calls/parts";
import { type ReplyLatency, toReplyLatencies, toTurns } from "@/lib/calls/turns";
import { type Said, toWords } from "@/lib/rules/phrases";

/** The stored parts of a call that rules need. */
export interface CallRecord {
  call: Pick<
    Call,
    | "id"
    | "assistantId"
    | "assistantName"
    | "customerName"
    | "customerNumber"
    | "phoneNumber"
    | "direction"
    | "endedReason"
    | "costUsd"
  >;
  /** Lines merged from all sources, in order. */
  lines: readonly Pick<Line, "role" | "text" | "at" | "endedAt" | "filter">[];
  marks: readonly Mark[];
  toolCalls: readonly ToolCall[];
  heard: SpeechFacts;
  /** When the call's last event happened (ISO). Facts about the whole call are dated to it. */
  lastEventAt: string;
}

/** Consecutive lines of one speaker as one text: finals arrive in pieces, cut mid-sentence. */
export interface Passage extends Said {
  role: Speaker;
  /** Ascending. `start`: where a line begins in `text`; `at`: when it had been spoken (epoch ms). */
  pieces: { start: number; at: number }[];
}

/** Everything conditions are evaluated on, as of a moment. Epoch ms. */
export interface RuleFacts extends CallRecord {
  startedAt: number;
  endedAt: number | null;
  now: number;
  passages: readonly Passage[];
  silences: readonly Silence[];
  /**
   * When the assistant first spoke, or the call was transferred, from a moment on; else the call's end, null while it
   * is live.
   */
  answerAfter: (at: number) => number | null;
  replies: readonly ReplyLatency[];
}

/** Derives the facts that conditions are evaluated on. Pure: the same for live and past calls. */
export function toRuleFacts(record: CallRecord, now: number): RuleFacts {
  const { heard, marks, lines } = record;
  const endedAt = heard.endedAt === null ? null : Date.parse(heard.endedAt);
  const horizon = endedAt ?? now;
  const stretches = toStretches(heard, horizon);
  const firstAt = [...lines.map(({ at }) => at), ...marks.map(({ at }) => at)].sort()[0];
  return {
    ...record,
    startedAt: Date.parse(heard.startedAt ?? firstAt ?? record.lastEventAt),
    endedAt,
    now,
    passages: toPassages(lines),
    silences: findSilences(stretches, heard.startedAt, horizon),
    answerAfter: (at) => stretches.find(({ role, from }) => role !== "user" && from >= at)?.from ?? endedAt,
    replies: toReplyLatencies(toTurns(marks, heard.endedAt)),
  };
}

function toPassages(lines: CallRecord["lines"]): Passage[] {
  const joined: Omit<Passage, "words">[] = [];
  for (const { role, text, at, endedAt } of lines) {
    const last = joined.at(-1);
    const saidAt = Date.parse(endedAt ?? at);
    if (last?.role !== role) {
      joined.push({ role, text, pieces: [{ start: 0, at: saidAt }] });
      continue;
    }
    last.pieces.push({ start: last.text.length + 1, at: saidAt });
    last.text += ` ${text}`;
  }
  return joined.map((passage) => ({ ...passage, words: toWords(passage.text) }));
}

/** Returns when the text up to a position of a passage had been spoken. */
export function saidAt({ pieces }: Passage, end: number): number {
  return pieces.findLast(({ start }) => start < end)?.at ?? pieces[0]?.at ?? 0;
}
