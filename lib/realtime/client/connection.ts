"use client";

import type Pusher from "pusher-js";
import type { ChannelAuthorizationCallback } from "pusher-js";
import { createContext, use, useSyncExternalStore } from "react";
import * as z from "zod";
import { serverTime } from "@/lib/http/server-time";
import type { Connection, ConnectionState } from "@/lib/realtime/client/connection-types";
import { Rooms } from "@/lib/realtime/client/rooms";
import { maskedChannel, type RealtimeSettings } from "@/lib/realtime/push";

/** The page's connection; null outside the dashboard. */
export const ConnectionContext = createContext<Connection | null>(null);

const authorizationSchema = z.object({ auth: z.string(), channel_data: z.string().exactOptional() });

/**
 * Loads pusher-js when it is first needed, not with the page, and creates its client.
 * @param onStale gets the current generation when a channel of an older one was requested
 */
async function openPusher(
  { key, cluster, server }: RealtimeSettings,
  onStale: (generation: string) => void,
): Promise<Pusher> {
  const useTls = server?.useTls ?? true;
  const { default: PusherClient } = await import("pusher-js");
  return new PusherClient(key, {
    cluster,
    forceTLS: useTls,
    ...(server && { wsHost: server.host, wsPort: server.port, wssPort: server.port }),
    // Only the transport that our content security policy allows; pusher-js would try the other if this one fails.
    enabledTransports: [useTls ? "wss" : "ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "/api/pusher/auth",
      customHandler: ({ socketId, channelName }, answer) =>
        void askToJoin(socketId, channelName, onStale, answer),
    },
    // A dead connection is noticed within half a minute instead of two and a half.
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

/**
 * Creates the one Pusher connection for all channels of a page. It opens once its state has a subscriber.
 * `isMasked`: the person may not see numbers and names, and gets the masked channels.
 */
export function createConnection(settings: RealtimeSettings, isMasked: boolean): Connection {
  return new LazyConnection(settings, isMasked);
}

const comeBackAfterMs = 3_000;

class LazyConnection implements Connection {
  readonly #settings: RealtimeSettings;
  readonly #isMasked: boolean;
  readonly #watchers = new Set<() => void>();
  readonly #rooms = new Rooms(() => this.#update());
  #pusher: Pusher | null = null;
  #isOpening = false;
  #wasConnected = false;
  #lastAnswerAt: number | null = null;
  /** Set when the socket is lost: the last update before, and the queries that have been answered since. */
  #lost: { updatedAt: number | null; answered: Set<string> } | null = null;
  #state: ConnectionState = { status: "connecting" };

  constructor(settings: RealtimeSettings, isMasked: boolean) {
    this.#settings = settings;
    this.#isMasked = isMasked;
  }

  getState = () => this.#state;

  recordAnswer = (queryHash: string) => {
    this.#lastAnswerAt = serverTime.now();
    this.#lost?.answered.add(queryHash);
  };

  isBehind = (queryHash: string) => this.#lost !== null && !this.#lost.answered.has(queryHash);

  getLastUpdateAt = (queryHash?: string) => {
    if (this.#lost && queryHash !== undefined && this.isBehind(queryHash)) return this.#lost.updatedAt;
    const known = [this.#rooms.lastPushAt, this.#lastAnswerAt].filter((at) => at !== null);
    return known.length > 0 ? Math.max(...known) : null;
  };

  getLastPushAt = () => this.#rooms.lastPushAt;

  getOthers = (channel: string) => this.#rooms.getOthers(channel);

  join: Connection["join"] = (channel, listener) =>
    this.#rooms.join(this.#isMasked ? maskedChannel(channel) : channel, listener);

  subscribe = (watcher: () => void) => {
    this.#watchers.add(watcher);
    if (this.#pusher) this.#pusher.connect();
    else void this.#open();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#pusher?.disconnect();
    };
  };

  reconnect = () => {
    if (this.#pusher?.connection.state !== "connected") return;
    this.#pusher.disconnect();
    this.#pusher.connect();
  };

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      this.#pusher = await openPusher(this.#settings, (generation) => this.#rooms.moveTo(generation));
    } catch {
      // The chunk could not be loaded. The page polls and shows that; the next subscriber tries again.
      this.#isOpening = false;
      return this.#update("failed");
    }
    this.#pusher.connection.bind("state_change", () => {
      this.#update();
      this.#comeBack();
    });
    this.#rooms.attach(this.#pusher);
    if (this.#watchers.size === 0) this.#pusher.disconnect();
    this.#update();
  }

  /** pusher-js does not reconnect after the server has closed the connection. A page without access is then refused. */
  #comeBack(): void {
    if (this.#pusher?.connection.state !== "disconnected" || this.#watchers.size === 0) return;
    setTimeout(() => {
      if (this.#watchers.size > 0) this.#pusher?.connect();
    }, comeBackAfterMs);
  }

  #update(socket: string = this.#pusher?.connection.state ?? "initialized"): void {
    const status = this.#deriveStatus(socket);
    if (status === this.#state.status) return;
    this.#wasConnected ||= status === "connected";
    if (this.#state.status === "connected")
      this.#lost = { updatedAt: this.getLastUpdateAt(), answered: new Set() };
    this.#state = status === "reconnecting" ? { status, since: serverTime.now() } : { status };
    for (const watcher of this.#watchers) watcher();
  }

  /** `socket`: the state of the socket as pusher-js names it. */
  #deriveStatus(socket: string): ConnectionState["status"] {
    if (socket === "connected") return this.#rooms.isAnyRefused ? "polling" : "connected";
    if (this.#wasConnected) return "reconnecting";
    return socket === "connecting" || socket === "initialized" ? "connecting" : "polling";
  }
}

/** The page's connection. Throws outside a RealtimeProvider. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error("useConnection needs a RealtimeProvider above it.");
  return connection;
}

const atFirst: ConnectionState = { status: "connecting" };

/** How the page is connected right now. Mounting this hook opens the connection. */
export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.getState, () => atFirst);
}

const pollMs = 5_000;

/** For a query's `refetchInterval`: every five seconds while realtime is not connected, never while it is. */
export function usePollInterval(): number | false {
  return useConnectionState().status === "connected" ? false : pollMs;
}
