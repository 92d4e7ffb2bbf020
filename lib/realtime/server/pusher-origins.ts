import type { RealtimeSettings } from "@/lib/realtime/push";

/** The origins a browser connects to for realtime, as a content security policy names them. */
export function pusherOrigins({ cluster, server }: RealtimeSettings): string[] {
  if (!server) return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`];
  const address = `${server.host}:${server.port}`;
  return server.useTls
    ? [`wss://${address}`, `https://${address}`]
    : [`ws://${address}`, `http://${address}`];
}
