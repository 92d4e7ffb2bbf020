"use client";

import type Pusher from "pusher-js";
import type { Channel, PresenceChannel } from "pusher-js";
import { boardChannel, pushEvent } from "@/lib/realtime/channels";
import type { ChannelListener } from "@/lib/realtime/connection";
import { pushesSchema } from "@/lib/realtime/push";
import { toOthers } from "@/lib/realtime/to-others";
import type { Watcher } from "@/lib/realtime/watcher";

/** pusher-js gives a refused channel up; a session may come back, so it is asked for again. */
const askAgainMs = 5_000;

/**
 * What nobody listens to is not sent, and every process of the server knows within two seconds that somebody does
 * (lib/realtime/occupancy.ts): what happened until then is asked for once more. The board is always sent.
 */
const settleMs = 3_000;

const nobody: readonly Watcher[] = [];

/** Who follows which channel. Channels are entered once a Pusher is there, and again by themselves after each reconnect. */
export class Rooms {
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  readonly #refused = new Set<string>();
  readonly #others = new Map<string, readonly Watcher[]>();
  readonly #onChange: () => void;
  #pusher: Pusher | null = null;
  #lastPushAt: number | null = null;

  /** `onChange`: a channel was refused, or is no longer. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isAnyRefused(): boolean {
    return this.#refused.size > 0;
  }

  /** Epoch ms, null before the first push. */
  get lastPushAt(): number | null {
    return this.#lastPushAt;
  }

  getOthers(name: string): readonly Watcher[] {
    return this.#others.get(name) ?? nobody;
  }

  attach(pusher: Pusher): void {
    this.#pusher = pusher;
    for (const name of this.#listeners.keys()) this.#enter(name, pusher);
  }

  join(name: string, listener: ChannelListener): () => void {
    const room = this.#listeners.get(name);
    this.#listeners.set(name, (room ?? new Set()).add(listener));
    if (!room && this.#pusher) this.#enter(name, this.#pusher);
    if (room && this.#pusher?.channel(name)?.subscribed) listener.refetch();
    return () => this.#leave(name, listener);
  }

  #enter(name: string, pusher: Pusher): void {
    const channel = pusher.subscribe(name);
    if (isPresence(channel)) this.#follow(name, channel);
    channel.bind(pushEvent, (data: unknown) => this.#hear(name, data));
    channel.bind("pusher:subscription_succeeded", () => {
      this.#setRefused(name, false);
      this.#tell(name, (listener) => listener.refetch());
      if (name !== boardChannel)
        setTimeout(() => this.#tell(name, (listener) => listener.refetch()), settleMs);
    });
    channel.bind("pusher:subscription_error", () => {
      this.#setRefused(name, true);
      setTimeout(() => this.#listeners.has(name) && pusher.subscribe(name), askAgainMs);
    });
  }

  #follow(name: string, channel: PresenceChannel): void {
    const note = () => {
      this.#others.set(name, toOthers(channel));
      this.#tell(name, (listener) => listener.refetch());
    };
    for (const event of ["pusher:subscription_succeeded", "pusher:member_added", "pusher:member_removed"])
      channel.bind(event, note);
  }

  #leave(name: string, listener: ChannelListener): void {
    const room = this.#listeners.get(name);
    room?.delete(listener);
    if (room?.size !== 0) return;
    this.#listeners.delete(name);
    this.#others.delete(name);
    this.#pusher?.channel(name)?.unbind();
    this.#pusher?.unsubscribe(name);
    this.#setRefused(name, false);
  }

  #hear(name: string, data: unknown): void {
    this.#lastPushAt = Date.now();
    const parsed = pushesSchema.safeParse(data);
    this.#tell(name, (listener) => {
      if (parsed.success) for (const push of parsed.data) listener.push(push);
      else listener.refetch();
    });
  }

  #tell(name: string, act: (listener: ChannelListener) => void): void {
    for (const listener of this.#listeners.get(name) ?? []) act(listener);
  }

  #setRefused(name: string, isRefused: boolean): void {
    if (isRefused === this.#refused.has(name)) return;
    if (isRefused) this.#refused.add(name);
    else this.#refused.delete(name);
    this.#onChange();
  }
}

function isPresence(channel: Channel): channel is PresenceChannel {
  return channel.name.startsWith("presence-");
}
