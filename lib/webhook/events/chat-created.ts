import "server-only";
import { chatMessageSchema } from "@/lib/webhook/chat-message";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageChatCreated`: about a text chat and no call, so it is kept in the event log and changes nothing. */
export const chatCreated = defineEvent({
  types: ["chat.created"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});
