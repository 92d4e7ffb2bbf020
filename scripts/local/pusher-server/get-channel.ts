import { channelKind } from "./channel-kind";
import type { Channels } from "./channels";
import { describeChannel } from "./describe-channel";
import type { HttpAnswer } from "./http-answer";
import { readInfo } from "./read-info";

/** GET /channels/{name} */
export function getChannel(channels: Channels, name: string, query: URLSearchParams): HttpAnswer {
  if (!channelKind(name)) return { status: 400, body: "Invalid channel name" };
  const attributes = describeChannel(channels, name, readInfo(query.get("info")));
  if (typeof attributes === "string") return { status: 400, body: attributes };
  return { status: 200, body: { occupied: channels.find(name) !== undefined, ...attributes } };
}
