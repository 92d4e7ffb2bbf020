import type PusherClient from "pusher-js";
import type { Channel } from "pusher-js";
import { type Push, pushEvent, pushesSchema, withGeneration } from "@/lib/realtime/push";
import { currentGeneration } from "@/lib/realtime/server/generation";
import { subscribe } from "@/tests/support/servers/pusher-clients";

/** A channel's real name at this moment. */
export async function realName(channel: string): Promise<string> {
  return withGeneration(channel, await currentGeneration());
}

/** Subscribes to a channel of the generation of now. */
export async function join(client: PusherClient, channel: string): Promise<Channel> {
  return subscribe(client, await realName(channel));
}

/** Everything a channel is told from now on, as browsers read it: the answer grows. */
export function hearPushes(channel: Channel): Push[] {
  const heard: Push[] = [];
  channel.bind(pushEvent, (data: unknown) => heard.push(...pushesSchema.parse(data)));
  return heard;
}
