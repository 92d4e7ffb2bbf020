import "server-only";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type Pusher from "pusher";
import { env } from "@/lib/env";

const keepAlive = { keepAlive: true, maxSockets: 8 };

let client: Promise<Pusher> | null = null;

/**
 * Earshot's one client of the Pusher HTTP API: Pusher Channels by cluster, or any server with its protocol by host. Sets
 * TLS and a timeout, because the library defaults to neither. Loaded on first use: answering an event does not need it.
 */
export function getPusherClient(): Promise<Pusher> {
  client ??= createClient();
  return client;
}

async function createClient(): Promise<Pusher> {
  const { default: Client } = await import("pusher");
  const { useTLS, ...address } = findApi();
  const shared = {
    appId: env.PUSHER_APP_ID,
    key: env.PUSHER_KEY,
    secret: env.PUSHER_SECRET,
    useTLS,
    timeout: 3_000,
    agent: useTLS ? new HttpsAgent(keepAlive) : new HttpAgent(keepAlive),
  };
  return new Client({ ...shared, ...address });
}

/** This server may reach the realtime server by another address than browsers do: inside a network, not by its public name. */
function findApi() {
  const { PUSHER_API_URL: api, PUSHER_HOST: host, PUSHER_PORT: port, PUSHER_USE_TLS: useTLS } = env;
  if (api) return { host: api.hostname, port: api.port, useTLS: api.protocol === "https:" };
  if (host) return { host, ...(port && { port: String(port) }), useTLS };
  return { cluster: env.PUSHER_CLUSTER ?? "mt1", useTLS };
}

/** Counts of what this process has published since it started, for the health page. */
export const published = { sent: 0, failed: 0, lastFailureAt: null as Date | null };

export function countPublished(outcome: "sent" | "failed", events: number): void {
  published[outcome] += events;
  if (outcome === "failed") published.lastFailureAt = new Date();
}
