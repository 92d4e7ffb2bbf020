import "server-only";
import { env } from "@/lib/env";
import type { RealtimeSettings } from "@/lib/realtime/push";

/** A browser's realtime settings, for a server component to pass on: nothing secret, and not baked into the build. */
export function readRealtimeSettings(): RealtimeSettings {
  const useTls = env.PUSHER_USE_TLS;
  return {
    key: env.PUSHER_KEY,
    cluster: env.PUSHER_CLUSTER ?? "mt1",
    server: env.PUSHER_HOST
      ? { host: env.PUSHER_HOST, port: env.PUSHER_PORT ?? (useTls ? 443 : 80), useTls }
      : null,
  };
}

/** The origins that a browser connects to for realtime, in the form of a content security policy. */
export function pusherOrigins({ cluster, server }: RealtimeSettings): string[] {
  if (!server) return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`];
  const address = `${server.host}:${server.port}`;
  return server.useTls
    ? [`wss://${address}`, `https://${address}`]
    : [`ws://${address}`, `http://${address}`];
}
