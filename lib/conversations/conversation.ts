import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { uuidCursorSchema } from "@/lib/keyset";

/** A conversation's own answer to an assistant-request, in the shape of Vapi's `ServerMessageResponseAssistantRequest`. */
export const conversationAnswerSchema = z.object({
  assistantId: z.string().trim().min(1, "Choose an assistant.").max(200, "This assistant ID is too long."),
});

export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;

/** A conversation without its context. */
const conversationSummarySchema = z.object({
  uuid: z.uuid(),
  name: z.string().nullable(),
  version: z.number().int(),
  answer: conversationAnswerSchema.nullable(),
  /** Number of calls. */
  calls: z.number().int(),
  createdAt: z.iso.datetime(),
  /** Start of the newest call, or when the conversation was created if it has none. */
  activeAt: z.iso.datetime(),
});

/** A conversation in a list. Most have no name: their newest call says whose they are. */
const listedConversationSchema = conversationSummarySchema.extend({
  newestCall: callSchema.pick({ customerName: true, customerNumber: true, direction: true }).nullable(),
});

export const conversationListSchema = z.object({
  conversations: z.array(listedConversationSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

/** Settings to paste into an assistant, a phone number or the organisation, so that its events reach a conversation. */
const vapiBlockSchema = z.object({
  server: z.object({
    url: z.url(),
    timeoutSeconds: z.number(),
    backoffPlan: z.object({ type: z.string(), maxRetries: z.number(), baseDelaySeconds: z.number() }),
  }),
  serverMessages: z.array(z.string()),
});

/** A conversation with its context and webhook settings. */
export const conversationDetailSchema = conversationSummarySchema.extend({
  context: z.record(z.string(), z.unknown()),
  webhookUrl: z.url(),
  vapi: vapiBlockSchema,
});

export type ConversationSummary = z.infer<typeof conversationSummarySchema>;
export type ListedConversation = z.infer<typeof listedConversationSchema>;
export type ConversationList = z.infer<typeof conversationListSchema>;
/** The API's response with one conversation. */
export const shownConversationSchema = z.object({ conversation: conversationDetailSchema });

export type ConversationDetail = z.infer<typeof conversationDetailSchema>;
type VapiBlock = z.infer<typeof vapiBlockSchema>;

/** Limits of a context. It is sent to the assistant with every call, so these are far above what one can use. */
export const contextLimits = {
  /** Of its JSON, in UTF-8. */
  bytes: 64 * 1024,
  /** Nested objects and lists. */
  depth: 16,
  /** Number of versions kept; older ones are deleted. */
  versions: 500,
} as const;

/** `1767524032688_019b88a4-…`: the last conversation of the previous page, by activity (epoch ms) and uuid. */
const cursorSchema = uuidCursorSchema.transform(({ openedAt, id }) => ({ activeAt: openedAt, uuid: id }));

/** Filter of the conversation list, as in the URL. */
export const conversationFilterSchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type ConversationFilter = z.infer<typeof conversationFilterSchema>;

const conversationNameSchema = z.string().trim().max(200, "Use at most 200 characters.");

/** A new conversation. lib/conversations/context.ts validates the context, because its errors include the path. */
export const newConversationSchema = z.strictObject({
  /** Any unused UUID; generated if missing. */
  uuid: z.guid("Not a valid UUID.").toLowerCase().optional(),
  name: conversationNameSchema.nullable().default(null),
  answer: conversationAnswerSchema.nullable().default(null),
  context: z.unknown().optional(),
});

export type NewConversation = z.infer<typeof newConversationSchema>;

/** An RFC 7396 merge patch of a conversation's editable fields. `null` removes a value; for the context, all of it. */
export const conversationPatchSchema = z.strictObject({
  name: conversationNameSchema.nullable().optional(),
  answer: conversationAnswerSchema.nullable().optional(),
  /** Validated by lib/conversations/context.ts, because its errors include the path. */
  context: z.unknown().optional(),
});

export type ConversationPatch = z.infer<typeof conversationPatchSchema>;

/**
 * Vapi's settings for a conversation's webhook. The live board needs `transcript` and `user-interrupted`, which are not
 * among Vapi's defaults. Without a `backoffPlan`, Vapi sends each event only once.
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
