import "server-only";
import { z } from "zod";
import { conversationFacts } from "@/lib/webhook/server/conversation";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { firstSpoken, readSpoken } from "@/lib/webhook/server/messages";

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
  project: (message, { at }) => conversationFacts(listOf(message), at),
});

/** The conversation in Vapi's own format, else in OpenAI's: whichever has words in it. */
function listOf({ messages, conversation, messagesOpenAIFormatted }: ConversationUpdate): unknown[] {
  return firstSpoken([messages, conversation, messagesOpenAIFormatted]);
}
