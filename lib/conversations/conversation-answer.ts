import { z } from "zod";

/** A conversation's own answer to an assistant-request, in the shape of Vapi's `ServerMessageResponseAssistantRequest`. */
export const conversationAnswerSchema = z.object({
  assistantId: z.string().trim().min(1, "Name an assistant.").max(200, "An assistant's id is shorter."),
});

export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;
