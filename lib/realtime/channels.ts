/** Every live call's summary, and alerts. */
export const boardChannel = "private-board";

/** Everything of one call: lines, partials, marks, tool calls. */
export const callChannel = (callId: string) => `private-call-${channelSafe(callId)}`;

/** The call a channel is about, or null for any other channel. */
export function findChannelCall(channel: string): string | null {
  return /^private-call-(.+)$/.exec(channel)?.[1] ?? null;
}

/** One conversation's context and name. */
export const conversationChannel = (uuid: string) => `private-conversation-${channelSafe(uuid)}`;

/** Who has one call open. */
export const presenceChannel = (callId: string) => `presence-call-${channelSafe(callId)}`;

/** The call a presence channel is about, or null for any other channel. */
export function findPresenceCall(channel: string): string | null {
  return /^presence-call-(.+)$/.exec(channel)?.[1] ?? null;
}

/** The one event name on every channel; what it is about is in the push itself. */
export const pushEvent = "push";

/** Pusher allows letters, digits and _ - = @ , . ; in a channel name; Vapi ids are UUIDs, but any id must be safe. */
function channelSafe(callId: string) {
  return callId.replace(/[^A-Za-z0-9_\-=@,.;]/g, "_");
}
