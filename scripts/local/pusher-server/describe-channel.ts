import { channelKind } from "./auth";
import type { Channels } from "./own-channels";

/** The attributes somebody asked for, or the sentence that says why not. */
export function describeChannel(channels: Channels, name: string, info: string[]): object | string {
  const attributes: Record<string, number> = {};
  for (const attribute of info) {
    if (attribute === "subscription_count") attributes[attribute] = channels.find(name)?.size ?? 0;
    else if (attribute !== "user_count") return `Unknown attribute ${attribute}`;
    else if (channelKind(name) !== "presence") return "user_count is for presence channels only";
    else attributes[attribute] = channels.listMembers(name).size;
  }
  return attributes;
}
