import * as z from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { partialSchema, sourceLineSchema } from "@/lib/calls/line";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { operatorActionSchema } from "@/lib/control/action";
import { incidentSchema } from "@/lib/incidents/incident";

/** The pushed parts of a conversation that changed. */
const pushedConversationSchema = z.object({
  uuid: z.string(),
  name: z.string().nullable(),
  context: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});

const conversationPushSchema = z.object({
  kind: z.literal("conversation"),
  uuid: z.string(),
  /** Null when it is too large for a push, or deleted: pages that show it refetch. */
  conversation: pushedConversationSchema.nullable(),
});

export type PushedConversation = z.infer<typeof pushedConversationSchema>;

/** A person who has a call open. */
const watcherSchema = z.object({ id: z.string(), name: z.string() });

export type Watcher = z.infer<typeof watcherSchema>;

/** People who have each call open, by call id; calls without anyone may be absent. */
export const watchersSchema = z.record(z.string(), z.array(watcherSchema));

export type Watchers = z.infer<typeof watchersSchema>;

/**
 * A change of a call or conversation. At most 10 KB; a larger push is replaced by `stale`, and the browser refetches.
 */
const pushSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("call"),
    call: callSchema,
    /**
     * The version right before the first event in this push. A receiver with an older version has missed something and
     * refetches.
     */
    previousVersion: z.number().int(),
    /** New rows, on the call's own channel only: the board does not need them. */
    added: z
      .object({
        lines: z.array(sourceLineSchema),
        marks: z.array(markSchema),
        toolCalls: z.array(toolCallSchema),
      })
      .optional(),
  }),
  z.object({ kind: z.literal("partial"), callId: z.string(), partial: partialSchema }),
  /** An alert that opened, counted up, closed or was acted on; on the board and on its call's channel. */
  z.object({ kind: z.literal("alert"), alert: alertSchema }),
  /** An incident that opened, grew, closed or was acted on; on the board. */
  z.object({ kind: z.literal("incident"), incident: incidentSchema }),
  /** An operator's action on a live call, when it begins and when it is settled; on the board and on its call's channel. */
  z.object({ kind: z.literal("operator-action"), action: operatorActionSchema }),
  /** People who have a call open now, on the board; names of colleagues. */
  z.object({ kind: z.literal("watchers"), callId: z.string(), watchers: z.array(watcherSchema) }),
  /** A conversation whose context or name changed, on its own channel. */
  conversationPushSchema,
  z.object({ kind: z.literal("stale"), callId: z.string() }),
]);

/** Data of one event on a channel: all pushes for the channel at that moment, oldest first. */
export const pushesSchema = z.array(pushSchema);

export type Push = z.infer<typeof pushSchema>;
export type CallPush = Extract<Push, { kind: "call" }>;
export type ConversationPush = Extract<Push, { kind: "conversation" }>;
export type Added = NonNullable<CallPush["added"]>;

/*
 * A subscriber of a channel gets its events until they leave: Pusher cannot remove one connection from it. So every
 * channel with data has a generation in its real name, which is in use until someone loses the access it was granted
 * for (docs/decisions/realtime-revocation.md). The names here are without it; withGeneration adds it.
 */

/** Every live call's summary, and alerts. */
export const boardChannel = "private-board";

/** Everything of one call: lines, partials, marks, tool calls. */
export const callChannel = (callId: string) => `private-call-${channelSafe(callId)}`;

/** One conversation's context and name. */
export const conversationChannel = (uuid: string) => `private-conversation-${channelSafe(uuid)}`;

/** Who has one call open. */
export const presenceChannel = (callId: string) => `presence-call-${channelSafe(callId)}`;

/** The call of a presence channel of any generation; null for any other channel. */
export function findPresenceCall(name: string): string | null {
  return /^presence-call-(.+)$/.exec(splitGeneration(name).channel)?.[1] ?? null;
}

/** The one event name on every channel; the push itself has its kind. */
export const pushEvent = "push";

/** Announces new generations, nothing else: the one channel without a generation. */
export const generationChannel = "private-generation";
export const rotateEvent = "rotate";

/** A channel's real name. */
export function withGeneration(channel: string, generation: string): string {
  return `${channel}@${generation}`;
}

/** Splits a real name into channel and generation; the generation is null if there is none. */
export function splitGeneration(name: string): { channel: string; generation: string | null } {
  const at = name.lastIndexOf("@");
  return at === -1
    ? { channel: name, generation: null }
    : { channel: name.slice(0, at), generation: name.slice(at + 1) };
}

/** Pusher allows letters, digits and _ - = @ , . ; in a channel name; Vapi ids are UUIDs, but any id must be safe. */
function channelSafe(callId: string) {
  return callId.replace(/[^A-Za-z0-9_\-=@,.;]/g, "_");
}

/** The channel with the same pushes as this private one, but with numbers and names masked (lib/auth/permissions.ts). */
export function maskedChannel(channel: string): string {
  return channel.replace(/^private-/, "private-masked-");
}

/** Settings with which a browser reaches the Pusher server; passed on at run time by the dashboard layout. */
const realtimeSettingsSchema = z.object({
  key: z.string(),
  cluster: z.string(),
  /** Null for Pusher Channels itself; a host and port for any other server that speaks its protocol. */
  server: z.object({ host: z.string(), port: z.number().int(), useTls: z.boolean() }).nullable(),
});

export type RealtimeSettings = z.infer<typeof realtimeSettingsSchema>;
