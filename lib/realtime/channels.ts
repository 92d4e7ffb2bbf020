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
