import type { Channels } from "./channels";
import { describeChannel } from "./describe-channel";
import type { HttpAnswer } from "./http-answer";
import { readInfo } from "./read-info";

/** GET /channels: every occupied channel, or those whose name starts with `filter_by_prefix`. */
export function listChannels(channels: Channels, query: URLSearchParams): HttpAnswer {
  const prefix = query.get("filter_by_prefix") ?? "";
  const info = readInfo(query.get("info"));
  if (info.includes("user_count") && !prefix.startsWith("presence-")) {
    return { status: 400, body: "user_count is for presence channels only: set filter_by_prefix" };
  }
  const found: Record<string, object> = {};
  for (const name of channels.names().filter((name) => name.startsWith(prefix))) {
    const attributes = describeChannel(channels, name, info);
    if (typeof attributes === "string") return { status: 400, body: attributes };
    found[name] = attributes;
  }
  return { status: 200, body: { channels: found } };
}
