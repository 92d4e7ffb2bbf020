import "server-only";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { chooseEndpointing, historySchema, readLastSaid } from "@/lib/webhook/server/messages";

/** Vapi's `ServerMessageCallEndpointingRequest`: asks after every pause whether the caller has finished. */
export const callEndpointingRequestSchema = historySchema;

/** Answered from the request's own messages: the caller waits in silence for it. */
export const callEndpointingRequest = defineEvent({
  types: ["call.endpointing.request"],
  schema: callEndpointingRequestSchema,
  identity: (message) => String(message.messages?.length ?? message.messagesOpenAIFormatted?.length ?? 0),
  respond: async (message) => ({ reply: { timeoutSeconds: chooseEndpointing(readLastSaid(message)) } }),
  project: () => ({}),
});
