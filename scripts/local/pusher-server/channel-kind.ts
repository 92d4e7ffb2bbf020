import { limits } from "./limits";

export type ChannelKind = "public" | "private" | "presence";

/** What a channel's name makes it, or null for a name that Pusher does not allow. */
export function channelKind(name: string): ChannelKind | null {
  if (name.length > limits.nameLength || !/^[A-Za-z0-9_\-=@,.;]+$/.test(name)) return null;
  if (name.startsWith("presence-")) return "presence";
  return name.startsWith("private-") ? "private" : "public";
}
