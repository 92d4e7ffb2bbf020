import * as z from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { callSchema } from "@/lib/calls/call";
import { heardLineSchema, partialSchema } from "@/lib/calls/line";
import { markSchema, toolCallSchema } from "@/lib/calls/parts";
import { operatorActionSchema } from "@/lib/control/action";
import { incidentSchema } from "@/lib/incidents/incident";

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

/** Somebody who has a call open. */
export const watcherSchema = z.object({ id: z.string(), name: z.string() });

export type Watcher = z.infer<typeof watcherSchema>;

/** Who has which call open, by call id; calls nobody has open may be absent. */
export const watchersSchema = z.record(z.string(), z.array(watcherSchema));

export type Watchers = z.infer<typeof watchersSchema>;

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
  /** An incident that opened, grew, closed or was acted on; on the board. */
  z.object({ kind: z.literal("incident"), incident: incidentSchema }),
  /** What somebody does on a live call, when it begins and when it is settled; on the board and on its call's channel. */
  z.object({ kind: z.literal("operator-action"), action: operatorActionSchema }),
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

/*
 * Whoever has joined a channel hears it until they leave: Pusher cannot put one connection out of it. So every channel that
 * tells anything has a generation in its real name, which is in use until somebody loses what they were let in for
 * (docs/decisions/realtime-revocation.md). The names here are without it; withGeneration adds it.
 */

/** Every live call's summary, and alerts. */
export const boardChannel = "private-board";

/** Everything of one call: lines, partials, marks, tool calls. */
export const callChannel = (callId: string) => `private-call-${channelSafe(callId)}`;

/** One conversation's context and name. */
export const conversationChannel = (uuid: string) => `private-conversation-${channelSafe(uuid)}`;

/** Who has one call open. */
export const presenceChannel = (callId: string) => `presence-call-${channelSafe(callId)}`;

/** The call a presence channel is about, of whichever generation; null for any other channel. */
export function findPresenceCall(name: string): string | null {
  return /^presence-call-(.+)$/.exec(splitGeneration(name).channel)?.[1] ?? null;
}

/** The one event name on every channel; what it is about is in the push itself. */
export const pushEvent = "push";

/** Says that there is a new generation, and nothing else: the one channel without a generation. */
export const generationChannel = "private-generation";
export const rotateEvent = "rotate";

/** A channel's real name. */
export function withGeneration(channel: string, generation: string): string {
  return `${channel}@${generation}`;
}

/** A real name's channel and generation; the generation is null where there is none. */
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

/** The channel that tells the same as this private one, without numbers and names (lib/auth/permissions.ts). */
export function maskedChannel(channel: string): string {
  return channel.replace(/^private-/, "private-masked-");
}

/** What a browser needs to reach the Pusher server; handed over at run time by the dashboard layout. */
export const realtimeSettingsSchema = z.object({
  key: z.string(),
  cluster: z.string(),
  /** Null for Pusher Channels itself; a host and port for any other server that speaks its protocol. */
  server: z.object({ host: z.string(), port: z.number().int(), useTls: z.boolean() }).nullable(),
});

export type RealtimeSettings = z.infer<typeof realtimeSettingsSchema>;
