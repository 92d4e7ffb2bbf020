import type { CallFacts, Facts, LineFact, ToolCallFact } from "@/db/queries/record/facts";
import { toWords } from "@/lib/calls/align-words";
import { hashToUuid } from "@/lib/secrets";
import { newest } from "@/lib/webhook/rank";
import { readSpoken, type Spoken } from "@/lib/webhook/server/messages";
import { toolHistoryFacts } from "@/lib/webhook/server/tool-messages";

/**
 * Returns the facts stated by a list of the conversation so far, in any of Vapi's formats. Its messages stand in for
 * lines on calls without transcript events. A message grows while it is spoken; role and start identify it.
 *
 * @param at when the list was sent
 */
export function conversationFacts(list: unknown[], at: Date): Pick<Facts, "lines" | "toolCalls" | "call"> {
  const lines = readLines(list, at);
  const toolCalls = toolHistoryFacts(list, at);
  return {
    lines,
    toolCalls,
    call: { ...lastLineFacts(lines.at(-1)), ...lastToolFacts(toolCalls.at(-1)) },
  };
}

function readLines(list: unknown[], at: Date): LineFact[] {
  const spoken = readSpoken(list);
  const lastMs = Math.max(0, ...spoken.map(({ fromStartMs }) => fromStartMs ?? 0));
  const seen = new Map<string, number>();
  return spoken.map((entry, index) => ({
    key: hashToUuid("conversation", entry.role, nameOf(entry, index), ...turnOf(entry, index, seen)),
    role: entry.role,
    source: "conversation",
    text: entry.text,
    at: entry.at ?? toLatest(entry, lastMs, at),
    endedAt: entry.endedAt,
    notBefore: entry.notBefore,
    assistantName: entry.assistantName,
    filter: entry.filter,
    ...(entry.at === null && { fromStartMs: entry.fromStartMs, isUntimed: entry.fromStartMs === null }),
  }));
}

/** Identifies a message across updates: its time or offset, else its place and first word, as a list may start over. */
function nameOf({ at, fromStartMs, text }: Spoken, index: number): number | string {
  if (at) return at.getTime();
  return fromStartMs === null ? `#${index} ${toWords(text.slice(0, 100))[0]?.key}` : `+${fromStartMs}`;
}

/** Numbers messages of one role and moment by their order; the first needs no number. */
function turnOf(entry: Spoken, index: number, seen: Map<string, number>): number[] {
  const name = `${entry.role} ${nameOf(entry, index)}`;
  const before = seen.get(name) ?? 0;
  seen.set(name, before + 1);
  return before > 0 ? [before] : [];
}

/** Latest time a message without one can have been said: the update was sent after its last message was said. */
function toLatest({ fromStartMs, place }: Spoken, lastMs: number, at: Date): Date {
  return new Date(at.getTime() + (fromStartMs === null ? place : fromStartMs - lastMs));
}

function lastLineFacts(line: LineFact | undefined): CallFacts {
  if (!line) return {};
  return { lastLineRole: line.role, lastLineText: line.text, lastLineRank: newest(line.at) };
}

function lastToolFacts(toolCall: ToolCallFact | undefined): CallFacts {
  if (!toolCall) return {};
  return { lastToolName: toolCall.name, lastToolRank: newest(toolCall.askedAt) };
}
