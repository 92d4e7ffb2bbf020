import type { Channels } from "./channels";
import { describeChannel } from "./describe-channel";
import type { Event } from "./event-schema";
import { readInfo } from "./read-info";

/** Sends an event to everybody on its channel but the one it came from. Returns what its `info` asked for. */
export function sendEvent(channels: Channels, { channel, name, data, socket_id, info }: Event): object {
  channels.broadcast(channel, name, data, { except: socket_id });
  const attributes = describeChannel(channels, channel, readInfo(info));
  return typeof attributes === "string" ? {} : attributes;
}
