import type { Channel } from "pusher-js";
import { pushEvent } from "@/lib/realtime/channels";
import { type Push, pushesSchema } from "@/lib/realtime/push";

/** Everything a channel is told from now on, as browsers read it: the answer grows. */
export function hearPushes(channel: Channel): Push[] {
  const heard: Push[] = [];
  channel.bind(pushEvent, (data: unknown) => heard.push(...pushesSchema.parse(data)));
  return heard;
}
