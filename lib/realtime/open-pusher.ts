"use client";

import type Pusher from "pusher-js";
import type { RealtimeSettings } from "@/lib/realtime/settings";

/** Loads pusher-js when it is first needed, not with the page, and connects. */
export async function openPusher({ key, cluster, server }: RealtimeSettings): Promise<Pusher> {
  const useTls = server?.useTls ?? true;
  const { default: PusherClient } = await import("pusher-js");
  const pusher = new PusherClient(key, {
    cluster,
    forceTLS: useTls,
    ...(server && { wsHost: server.host, wsPort: server.port, wssPort: server.port }),
    // Only what our content security policy lets through; pusher-js would try the other when this one fails.
    enabledTransports: [useTls ? "wss" : "ws"],
    channelAuthorization: { endpoint: "/api/pusher/auth", transport: "ajax" },
    userAuthentication: { endpoint: "/api/pusher/user", transport: "ajax" },
    // A line that died without a word is noticed within half a minute, not two and a half.
    activityTimeout: 20_000,
    pongTimeout: 8_000,
    unavailableTimeout: 5_000,
  });
  // So that the server can cut the connections of somebody who may listen no more.
  pusher.signin();
  return pusher;
}
