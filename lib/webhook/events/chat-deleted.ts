import "server-only";
import { chatMessageSchema } from "@/lib/webhook/chat-message";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageChatDeleted`: about a text chat and no call, so it is kept in the event log and changes nothing. */
export const chatDeleted = defineEvent({
  types: ["chat.deleted"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});
