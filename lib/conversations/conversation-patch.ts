import { z } from "zod";
import { conversationAnswerSchema } from "@/lib/conversations/conversation-answer";
import { conversationNameSchema } from "@/lib/conversations/new-conversation-schema";

/** An RFC 7396 merge patch of what can be changed about a conversation. `null` takes away: for the context, all of it. */
export const conversationPatchSchema = z.strictObject({
  name: conversationNameSchema.nullable().optional(),
  answer: conversationAnswerSchema.nullable().optional(),
  /** Judged by judge-context.ts, whose sentences name the place. */
  context: z.unknown().optional(),
});

export type ConversationPatch = z.infer<typeof conversationPatchSchema>;
