"use client";

import type Pusher from "pusher-js";
import type { ChannelAuthorizationCallback } from "pusher-js";
import { z } from "zod";
import type { RealtimeSettings } from "@/lib/realtime/settings";

const authorizationSchema = z.object({ auth: z.string(), channel_data: z.string().exactOptional() });

/**
 * Loads pusher-js when it is first needed, not with the page, and connects.
 * @param onStale hears the generation to join instead, where a channel of an older one was asked for
 */
export async function openPusher(
  { key, cluster, server }: RealtimeSettings,
  onStale: (generation: string) => void,
): Promise<Pusher> {
  const useTls = server?.useTls ?? true;
  const { default: PusherClient } = await import("pusher-js");
  return new PusherClient(key, {
    cluster,
    forceTLS: useTls,
    ...(server && { wsHost: server.host, wsPort: server.port, wssPort: server.port }),
    // Only what our content security policy lets through; pusher-js would try the other when this one fails.
    enabledTransports: [useTls ? "wss" : "ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "/api/pusher/auth",
      customHandler: ({ socketId, channelName }, answer) =>
        void askToJoin(socketId, channelName, onStale, answer),
    },
    // A line that died without a word is noticed within half a minute, not two and a half.
    activityTimeout: 20_000,
    pongTimeout: 8_000,
    unavailableTimeout: 5_000,
  });
}

async function askToJoin(
  socketId: string,
  channelName: string,
  onStale: (generation: string) => void,
  answer: ChannelAuthorizationCallback,
): Promise<void> {
  const joined = await authorize(socketId, channelName, onStale).catch((cause: Error) => cause);
  if (joined instanceof Error) answer(joined, null);
  else answer(null, joined);
}

async function authorize(socketId: string, channelName: string, onStale: (generation: string) => void) {
  const body = new URLSearchParams({ socket_id: socketId, channel_name: channelName });
  const response = await fetch("/api/pusher/auth", { method: "POST", body });
  const generation = response.headers.get("x-earshot-generation");
  if (generation) onStale(generation);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return authorizationSchema.parse(await response.json());
}
