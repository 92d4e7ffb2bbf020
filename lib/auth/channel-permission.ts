import type { Permission } from "@/lib/auth/permissions";

/**
 * What a Pusher channel, its generation left out, takes to be listened to; null for a channel there is not. The masked channels have a prefix
 * of their own, so that no call id can make one look like the other.
 */
export function channelPermission(channel: string): Permission | null {
  if (channel === "private-board" || /^private-(call|conversation)-.+$/.test(channel)) return "numbers.view";
  if (channel === "private-masked-board" || /^private-masked-(call|conversation)-.+$/.test(channel))
    return "calls.view";
  if (channel === "private-generation") return "calls.view";
  if (/^presence-call-.+$/.test(channel)) return "calls.view";
  return null;
}
