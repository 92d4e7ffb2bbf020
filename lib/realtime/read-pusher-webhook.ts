import "server-only";
import { z } from "zod";
import { pusherClient } from "@/lib/realtime/pusher-client";

const channel = z.string().max(200);
const eventSchema = z.union([
  z.object({ name: z.enum(["channel_occupied", "channel_vacated"]), channel }),
  z.object({ name: z.enum(["member_added", "member_removed"]), channel, user_id: z.string().max(200) }),
]);
const bodySchema = z.object({ time_ms: z.number(), events: z.array(z.unknown()) });

export interface PusherNews {
  channels: { channel: string; isOccupied: boolean; at: Date }[];
  members: { channel: string; userId: string; isPresent: boolean; at: Date }[];
}

/**
 * What Pusher's webhook says, where its signature is that of our app (checked by Pusher's own library, over the raw body);
 * null where it is not. Event kinds we do not know are passed over.
 * @see https://pusher.com/docs/channels/server_api/webhooks/
 */
export function readPusherWebhook(headers: Headers, rawBody: string): PusherNews | null {
  const webhook = pusherClient.webhook({ headers: Object.fromEntries(headers), rawBody });
  if (!webhook.isValid()) return null;
  const { time_ms: timeMs, events } = bodySchema.parse(webhook.getData());
  const at = new Date(timeMs);
  const known = events.flatMap((event) => eventSchema.safeParse(event).data ?? []);
  return {
    channels: known.flatMap((event) =>
      "user_id" in event || !event.channel.startsWith("private-")
        ? []
        : [{ channel: event.channel, isOccupied: event.name === "channel_occupied", at }],
    ),
    members: known.flatMap((event) =>
      "user_id" in event
        ? [{ channel: event.channel, userId: event.user_id, isPresent: event.name === "member_added", at }]
        : [],
    ),
  };
}
