import type { PresenceChannel } from "pusher-js";
import { z } from "zod";
import type { Watcher } from "@/lib/realtime/watcher";

/** What /api/pusher/auth says of a member. pusher-js hands it on untyped. */
const memberSchema = z.object({ id: z.string(), info: z.object({ name: z.string() }) });

/** Who is on any of these presence channels besides oneself, by name. One person in two windows is there once. */
export function toOthers(channels: readonly PresenceChannel[]): Watcher[] {
  const others = new Map<string, Watcher>();
  for (const { members } of channels) {
    members.each((member: unknown) => {
      const { data } = memberSchema.safeParse(member);
      if (data && data.id !== members.myID) others.set(data.id, { id: data.id, name: data.info.name });
    });
  }
  return [...others.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
