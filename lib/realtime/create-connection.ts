"use client";

import type Pusher from "pusher-js";
import type { Connection, ConnectionState } from "@/lib/realtime/connection";
import { maskedChannel } from "@/lib/realtime/masked-channel";
import { openPusher } from "@/lib/realtime/open-pusher";
import { Rooms } from "@/lib/realtime/rooms";
import type { RealtimeSettings } from "@/lib/realtime/settings";

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
  #state: ConnectionState = { status: "connecting" };

  constructor(settings: RealtimeSettings, isMasked: boolean) {
    this.#settings = settings;
    this.#isMasked = isMasked;
  }

  getState = () => this.#state;

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
