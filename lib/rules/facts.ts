import { findSilences, type Heard, type Silence, toStretches } from "@/lib/alerts/silences";
import type { Call, Speaker } from "@/lib/calls/call";
import type { Line } from "@/lib/calls/line";
import type { Mark, ToolCall } from "@/lib/calls/parts";
import { type ReplyLatency, toReplyLatencies, toTurns } from "@/lib/calls/turns";
import { type Said, toWords } from "@/lib/rules/phrases";

/** What is known of a call, as far as rules need it. */
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
  heard: Heard;
  /** When the call's last event happened (ISO): facts about the whole call are known since then. */
  lastEventAt: string;
}

/** Consecutive lines of one voice as one text: finals arrive in pieces, cut mid-sentence. */
export interface Passage extends Said {
  role: Speaker;
  /** Ascending; `start`: where a line begins in `text`; `at`: when it had been said (epoch ms). */
  pieces: { start: number; at: number }[];
}

/** Everything conditions look at, as of a moment. Epoch ms. */
export interface RuleFacts extends CallRecord {
  startedAt: number;
  endedAt: number | null;
  now: number;
  passages: readonly Passage[];
  silences: readonly Silence[];
  /** When the assistant was first heard from a moment on; null when not yet. */
  answerAfter: (at: number) => number | null;
  replies: readonly ReplyLatency[];
}

/** Derives what conditions look at. Pure: the same for a live call and an old one. */
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

/** When the text up to a position of a passage had been said. */
export function saidAt({ pieces }: Passage, end: number): number {
  return pieces.findLast(({ start }) => start < end)?.at ?? pieces[0]?.at ?? 0;
}
