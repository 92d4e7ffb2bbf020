import * as z from "zod";

/** A conversation's own answer to an assistant-request, in the shape of Vapi's `ServerMessageResponseAssistantRequest`. */
export const conversationAnswerSchema = z.object({
  assistantId: z.string().trim().min(1, "Choose an assistant.").max(200, "This assistant ID is too long."),
});

export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;

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
/** What the API answers with one conversation. */
export const shownConversationSchema = z.object({ conversation: conversationDetailSchema });

export type ConversationDetail = z.infer<typeof conversationDetailSchema>;
export type VapiBlock = z.infer<typeof vapiBlockSchema>;

/** What a context may hold. It goes to the assistant with every call: far more than one can make use of. */
export const contextLimits = {
  /** Of its JSON, as UTF-8. */
  bytes: 64 * 1024,
  /** Objects and lists within one another. */
  depth: 16,
  /** Older versions than this many are forgotten. */
  versions: 500,
} as const;

/** `1767524032688_019b88a4-…`: the last conversation of the page before, by activity (epoch ms) and uuid. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_[0-9a-f-]{36}$/, "Unknown cursor.")
  .transform((cursor) => ({ activeAt: new Date(Number(cursor.slice(0, -37))), uuid: cursor.slice(-36) }));

/** What a list of conversations may be narrowed by, as it stands in the URL. */
export const conversationFilterSchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type ConversationFilter = z.infer<typeof conversationFilterSchema>;

export const conversationNameSchema = z.string().trim().max(200, "Use at most 200 characters.");

/** What a conversation is made of. Its context is judged by lib/conversations/context.ts, whose sentences name the place. */
export const newConversationSchema = z.strictObject({
  /** Any UUID nobody uses yet; without one it is given one. */
  uuid: z.guid("Not a valid UUID.").toLowerCase().optional(),
  name: conversationNameSchema.nullable().default(null),
  answer: conversationAnswerSchema.nullable().default(null),
  context: z.unknown().optional(),
});

export type NewConversation = z.infer<typeof newConversationSchema>;

/** An RFC 7396 merge patch of what can be changed about a conversation. `null` takes away: for the context, all of it. */
export const conversationPatchSchema = z.strictObject({
  name: conversationNameSchema.nullable().optional(),
  answer: conversationAnswerSchema.nullable().optional(),
  /** Judged by lib/conversations/context.ts, whose sentences name the place. */
  context: z.unknown().optional(),
});

export type ConversationPatch = z.infer<typeof conversationPatchSchema>;

/**
 * Vapi's settings for a conversation's webhook. `transcript` and `user-interrupted` are what the live board needs beyond
 * Vapi's defaults; without a `backoffPlan` Vapi sends each event once only.
 * @see https://docs.vapi.ai/server-url/setting-server-urls
 */
export function toVapiBlock(webhookUrl: string): VapiBlock {
  return {
    server: {
      url: webhookUrl,
      timeoutSeconds: 20,
      backoffPlan: { type: "exponential", maxRetries: 5, baseDelaySeconds: 1 },
    },
    serverMessages: [
      "status-update",
      "speech-update",
      "transcript",
      "conversation-update",
      "hang",
      "user-interrupted",
      "tool-calls",
      "function-call",
      "transfer-destination-request",
      "assistant.started",
      "end-of-call-report",
    ],
  };
}
