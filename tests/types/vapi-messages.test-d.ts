import type { Vapi } from "@vapi-ai/server-sdk";
import type { z } from "zod";
import type { reportMessageSchema } from "@/lib/reports/report-message";
import type { AssistantChoice } from "@/lib/routing/choose-assistant";
import type { assistantRequestSchema } from "@/lib/webhook/events/assistant-request";
import type { conversationUpdateSchema } from "@/lib/webhook/events/conversation-update";
import type { hangSchema } from "@/lib/webhook/events/hang";
import type { speechUpdateSchema } from "@/lib/webhook/events/speech-update";
import type { statusUpdateSchema } from "@/lib/webhook/events/status-update";
import type { toolCallsSchema } from "@/lib/webhook/events/tool-calls";
import type { transcriptSchema } from "@/lib/webhook/events/transcript";
import type { userInterruptedSchema } from "@/lib/webhook/events/user-interrupted";

/*
 * Read by the type checker alone: whatever Vapi's own SDK says a message may be, our schema for it takes; whatever
 * we answer, the SDK knows. `function-call` and `assistant.started` are on the wire but not in the SDK.
 */

/** The SDK's interfaces as plain object types: only those fit a schema that lets further keys through. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;

type Takes<Schema extends z.ZodType, Message> = Plain<Message> extends z.input<Schema> ? true : false;

export const isTaken: {
  assistantRequest: Takes<typeof assistantRequestSchema, Vapi.ServerMessageAssistantRequest>;
  conversationUpdate: Takes<typeof conversationUpdateSchema, Vapi.ServerMessageConversationUpdate>;
  endOfCallReport: Takes<typeof reportMessageSchema, Vapi.ServerMessageEndOfCallReport>;
  hang: Takes<typeof hangSchema, Vapi.ServerMessageHang>;
  speechUpdate: Takes<typeof speechUpdateSchema, Vapi.ServerMessageSpeechUpdate>;
  statusUpdate: Takes<typeof statusUpdateSchema, Vapi.ServerMessageStatusUpdate>;
  toolCalls: Takes<typeof toolCallsSchema, Vapi.ServerMessageToolCalls>;
  transcript: Takes<typeof transcriptSchema, Vapi.ServerMessageTranscript>;
  userInterrupted: Takes<typeof userInterruptedSchema, Vapi.ServerMessageUserInterrupted>;
  assistantChoice: AssistantChoice extends Vapi.ServerMessageResponseAssistantRequest ? true : false;
} = {
  assistantRequest: true,
  conversationUpdate: true,
  endOfCallReport: true,
  hang: true,
  speechUpdate: true,
  statusUpdate: true,
  toolCalls: true,
  transcript: true,
  userInterrupted: true,
  assistantChoice: true,
};
