import "server-only";
import { z } from "zod";
import type { CallFacts, LineFact, ToolCallFact } from "@/db/queries/record/facts";
import { toWords } from "@/lib/calls/align-words";
import { hashToUuid } from "@/lib/secrets";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { readSpoken, type Spoken } from "@/lib/webhook/server/messages";
import { toolHistoryFacts } from "@/lib/webhook/server/tool-messages";

/** Vapi's `ServerMessageConversationUpdate`: each one holds the whole conversation so far. */
export const conversationUpdateSchema = z.looseObject({
  messages: z.array(z.unknown()).nullish(),
  conversation: z.array(z.unknown()).nullish(),
  messagesOpenAIFormatted: z.array(z.unknown()).nullish().catch(null),
});

type ConversationUpdate = z.infer<typeof conversationUpdateSchema>;

/**
 * Among Vapi's default messages, unlike `transcript`: its messages stand in for lines on calls without transcript
 * events. A message grows while it is spoken; role and start identify it.
 */
export const conversationUpdate = defineEvent({
  types: ["conversation-update"],
  schema: conversationUpdateSchema,
  identity: (message) => {
    const list = listOf(message);
    return `${list.length} ${readSpoken(list).at(-1)?.text ?? ""}`;
  },
  project: (message, { at }) => {
    const list = listOf(message);
    const lines = readLines(list, at);
    const toolCalls = toolHistoryFacts(list, at);
    return {
      lines,
      toolCalls,
      call: { ...lastLineFacts(lines.at(-1)), ...lastToolFacts(toolCalls.at(-1)) },
    };
  },
});

/** The conversation in Vapi's own format, else in OpenAI's: whichever has words in it. */
function listOf({ messages, conversation, messagesOpenAIFormatted }: ConversationUpdate): unknown[] {
  const lists = [messages ?? [], conversation ?? [], messagesOpenAIFormatted ?? []];
  return lists.find((list) => readSpoken(list).length > 0) ?? lists.find((list) => list.length > 0) ?? [];
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
