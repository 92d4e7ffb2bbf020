import { z } from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { heardLineSchema, partialSchema } from "@/lib/calls/line";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { conversationPushSchema } from "@/lib/realtime/conversation-push";
import { watcherSchema } from "@/lib/realtime/watcher";

/**
 * What is told of a call or conversation. Ten kilobytes at most; whoever publishes something larger sends `stale`
 * instead, and the browser refetches.
 */
const pushSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("call"),
    call: callSchema,
    /**
     * The version right before the first event this push tells of. A receiver whose version is older
     * has missed something and refetches.
     */
    previousVersion: z.number().int(),
    /** New rows, on the call's own channel only: the board needs none of them. */
    added: z
      .object({
        lines: z.array(heardLineSchema),
        marks: z.array(markSchema),
        toolCalls: z.array(toolCallSchema),
      })
      .optional(),
  }),
  z.object({ kind: z.literal("partial"), callId: z.string(), partial: partialSchema }),
  /** An alert that opened, counted up, closed or was acted on; on the board and on its call's channel. */
  z.object({ kind: z.literal("alert"), alert: alertSchema }),
  /** Who has a call open now, on the board; names of colleagues. */
  z.object({ kind: z.literal("watchers"), callId: z.string(), watchers: z.array(watcherSchema) }),
  /** A conversation whose context or name changed, on its own channel. */
  conversationPushSchema,
  z.object({ kind: z.literal("stale"), callId: z.string() }),
]);

/** What one event on a channel carries: everything the channel was to be told at the moment, oldest first. */
export const pushesSchema = z.array(pushSchema);

export type Push = z.infer<typeof pushSchema>;
export type CallPush = Extract<Push, { kind: "call" }>;
export type ConversationPush = Extract<Push, { kind: "conversation" }>;
export type Added = NonNullable<CallPush["added"]>;
