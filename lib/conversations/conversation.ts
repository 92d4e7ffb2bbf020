import { z } from "zod";
import { conversationAnswerSchema } from "@/lib/conversations/conversation-answer";

/** A conversation as a list shows it. */
export const conversationSummarySchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  version: z.number().int(),
  answer: conversationAnswerSchema.nullable(),
  /** How many calls it has had. */
  calls: z.number().int(),
  createdAt: z.iso.datetime(),
  /** When its newest call began; before there is one, when it was made. */
  activeAt: z.iso.datetime(),
});

export const conversationListSchema = z.object({
  conversations: z.array(conversationSummarySchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

/** What is pasted into an assistant, a phone number or the organisation, so that its events come to a conversation. */
export const vapiBlockSchema = z.object({
  server: z.object({
    url: z.url(),
    timeoutSeconds: z.number(),
    backoffPlan: z.object({ type: z.string(), maxRetries: z.number(), baseDelaySeconds: z.number() }),
  }),
  serverMessages: z.array(z.string()),
});

/** One conversation, whole. */
export const conversationDetailSchema = conversationSummarySchema.extend({
  context: z.record(z.string(), z.unknown()),
  webhookUrl: z.url(),
  vapi: vapiBlockSchema,
});

export type ConversationSummary = z.infer<typeof conversationSummarySchema>;
export type ConversationList = z.infer<typeof conversationListSchema>;
export type ConversationDetail = z.infer<typeof conversationDetailSchema>;
export type VapiBlock = z.infer<typeof vapiBlockSchema>;
