import { z } from "zod";
import { conversationAnswerSchema } from "@/lib/conversations/conversation-answer";

export const conversationNameSchema = z.string().trim().max(200, "A name may have 200 characters.");

/** What a conversation is made of. Its context is judged by judge-context.ts, whose sentences name the place. */
export const newConversationSchema = z.strictObject({
  /** Any UUID nobody uses yet; without one it is given one. */
  uuid: z.guid("A conversation's uuid is a UUID.").toLowerCase().optional(),
  name: conversationNameSchema.nullable().default(null),
  answer: conversationAnswerSchema.nullable().default(null),
  context: z.unknown().optional(),
});

export type NewConversation = z.infer<typeof newConversationSchema>;
