"use client";

import type Pusher from "pusher-js";
import type { ChannelAuthorizationCallback } from "pusher-js";
import { createContext, use, useSyncExternalStore } from "react";
import * as z from "zod";
import type { Connection, ConnectionState } from "@/lib/realtime/client/connection-types";
import { Rooms } from "@/lib/realtime/client/rooms";
import { maskedChannel, type RealtimeSettings } from "@/lib/realtime/push";

/** The page's connection; null outside the dashboard. */
export const ConnectionContext = createContext<Connection | null>(null);

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

/**
 * One Pusher connection for all channels of a page. Does nothing until somebody subscribes to its state.
 * `isMasked`: whoever looks may not see numbers and names, and listens to the channels that go without.
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
  #state: ConnectionState = { status: "connecting" };

  constructor(settings: RealtimeSettings, isMasked: boolean) {
    this.#settings = settings;
    this.#isMasked = isMasked;
  }

  getState = () => this.#state;

  recordAnswer = () => {
    this.#lastAnswerAt = Date.now();
  };

  getLastUpdateAt = () => {
    const known = [this.#rooms.lastPushAt, this.#lastAnswerAt].filter((at) => at !== null);
    return known.length > 0 ? Math.max(...known) : null;
  };

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

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      this.#pusher = await openPusher(this.#settings, (generation) => this.#rooms.moveTo(generation));
    } catch {
      // The chunk could not be loaded. The page polls and says so; whoever subscribes next tries again.
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

  /** Cut off by the server, pusher-js stays away. Whoever may listen is back soon; whoever may not is refused. */
  #comeBack(): void {
    if (this.#pusher?.connection.state !== "disconnected" || this.#watchers.size === 0) return;
    setTimeout(() => {
      if (this.#watchers.size > 0) this.#pusher?.connect();
    }, comeBackAfterMs);
  }

  #update(socket: string = this.#pusher?.connection.state ?? "initialized"): void {
    const status = this.#judge(socket);
    if (status === this.#state.status) return;
    this.#wasConnected ||= status === "connected";
    this.#state = status === "reconnecting" ? { status, since: Date.now() } : { status };
    for (const watcher of this.#watchers) watcher();
  }

  /** `socket`: pusher-js's word for the state of its socket. */
  #judge(socket: string): ConnectionState["status"] {
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

/** How the page is connected right now. Mounting it is what opens the connection. */
export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.getState, () => atFirst);
}

const pollMs = 5_000;

/** For a query's `refetchInterval`: every five seconds while realtime is not connected, never while it is. */
export function usePollInterval(): number | false {
  return useConnectionState().status === "connected" ? false : pollMs;
}
