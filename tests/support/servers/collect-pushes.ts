import type PusherClient from "pusher-js";
import type { Channel } from "pusher-js";
import { type Push, pushEvent, pushesSchema, withGeneration } from "@/lib/realtime/push";
import { currentGeneration } from "@/lib/realtime/server/generation";
import { subscribe } from "@/tests/support/servers/pusher-clients";

/** Returns a channel's current real name. */
export async function realName(channel: string): Promise<string> {
  return withGeneration(channel, await currentGeneration());
}

/** Subscribes to a channel under its current generation. */
export async function join(client: PusherClient, channel: string): Promise<Channel> {
  return subscribe(client, await realName(channel));
}

/** Collects all pushes on a channel from now on, as browsers read them, in an array that grows. */
export function collectPushes(channel: Channel): Push[] {
  const pushes: Push[] = [];
  channel.bind(pushEvent, (data: unknown) => pushes.push(...pushesSchema.parse(data)));
  return pushes;
}
