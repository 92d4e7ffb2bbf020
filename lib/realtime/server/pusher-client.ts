import "server-only";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import Pusher from "pusher";
import { env } from "@/lib/env";
import { lazily } from "@/lib/lazily";

const keepAlive = { keepAlive: true, maxSockets: 8 };

/**
 * Earshot's one client of the Pusher HTTP API: Pusher Channels by cluster, or any server of its protocol by host.
 * The library's own defaults are plain HTTP and no timeout.
 */
export const pusherClient = lazily(createClient);

function createClient(): Pusher {
  const useTLS = env.PUSHER_USE_TLS;
  const shared = {
    appId: env.PUSHER_APP_ID,
    key: env.PUSHER_KEY,
    secret: env.PUSHER_SECRET,
    useTLS,
    timeout: 3_000,
    agent: useTLS ? new HttpsAgent(keepAlive) : new HttpAgent(keepAlive),
  };
  if (!env.PUSHER_HOST) return new Pusher({ ...shared, cluster: env.PUSHER_CLUSTER ?? "mt1" });
  return new Pusher({
    ...shared,
    host: env.PUSHER_HOST,
    ...(env.PUSHER_PORT && { port: String(env.PUSHER_PORT) }),
  });
}

/** What this process has published since it started, for the health page. */
export const published = { sent: 0, failed: 0, lastFailureAt: null as Date | null };

export function countPublished(outcome: "sent" | "failed", events: number): void {
  published[outcome] += events;
  if (outcome === "failed") published.lastFailureAt = new Date();
}
