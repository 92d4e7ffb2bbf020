import { z } from "zod";

/** What is told of a conversation that changed. */
export const pushedConversationSchema = z.object({
  uuid: z.string(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

export const conversationPushSchema = z.object({
  kind: z.literal("conversation"),
  uuid: z.string(),
  /** Null when it is too big to travel, or gone: whoever shows it asks again. */
  conversation: pushedConversationSchema.nullable(),
});

export type PushedConversation = z.infer<typeof pushedConversationSchema>;
