import "server-only";
import { z } from "zod";
import type { CallFacts, LineFact, ToolCallFact } from "@/db/facts";
import { defineEvent } from "@/lib/webhook/define-event";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";
import { readSpoken, type Spoken } from "@/lib/webhook/read-spoken";
import { newest } from "@/lib/webhook/witness";
import { witnessToolHistory } from "@/lib/webhook/witness-tool-history";

/** Vapi's `ServerMessageConversationUpdate`: the whole conversation so far, anew each time. */
export const conversationUpdateSchema = z.looseObject({
  messages: z.array(z.unknown()).nullish(),
  conversation: z.array(z.unknown()).nullish(),
});

/**
 * `transcript` is not among Vapi's default messages, this is: its messages stand in for lines on calls that have no
 * transcript events. A message grows while it is spoken; role and start tell which one it is.
 */
export const conversationUpdate = defineEvent({
  types: ["conversation-update"],
  schema: conversationUpdateSchema,
  identity: (message) => String((message.messages ?? message.conversation ?? []).length),
  project: (message, { at }) => {
    const lines = readLines(message, at);
    const toolCalls = witnessToolHistory(message.messages, at);
    return {
      lines,
      toolCalls,
      call: { ...witnessLastLine(lines.at(-1)), ...witnessLastTool(toolCalls.at(-1)) },
    };
  },
});

function readLines(message: z.infer<typeof conversationUpdateSchema>, at: Date): LineFact[] {
  const spoken = readSpoken(message.messages?.length ? message.messages : message.conversation);
  const seen = new Map<string, number>();
  return spoken.map((entry, index) => ({
    // Without a time of its own, its place in the conversation tells a message apart; of one role and moment, its turn.
    key: hashToUuid("conversation", ...toPlace(entry, index, seen)),
    role: entry.role,
    source: "conversation",
    text: entry.text,
    at: entry.at ?? new Date(at.getTime() + index),
  }));
}

function toPlace({ role, at }: Spoken, index: number, seen: Map<string, number>): (string | number)[] {
  if (!at) return [role, `#${index}`];
  const before = seen.get(`${role} ${at.getTime()}`) ?? 0;
  seen.set(`${role} ${at.getTime()}`, before + 1);
  return [role, at.getTime(), ...(before > 0 ? [before] : [])];
}

function witnessLastLine(line: LineFact | undefined): CallFacts {
  if (!line) return {};
  return { lastLineRole: line.role, lastLineText: line.text, lastLineWitness: newest(line.at) };
}

function witnessLastTool(toolCall: ToolCallFact | undefined): CallFacts {
  if (!toolCall) return {};
  return { lastToolName: toolCall.name, lastToolWitness: newest(toolCall.askedAt) };
}
