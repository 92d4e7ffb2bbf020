"use client";

import type Pusher from "pusher-js";
import type { Channel, PresenceChannel } from "pusher-js";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
import { serverTime } from "@/lib/http/server-time";
import type { ChannelListener } from "@/lib/realtime/client/connection-types";
import {
  generationChannel,
  pushEvent,
  pushesSchema,
  rotateEvent,
  splitGeneration,
  type Watcher,
  withGeneration,
} from "@/lib/realtime/push";

/** A member in the response of /api/pusher/auth, which pusher-js passes on untyped. */
const memberSchema = z.object({ id: z.string(), info: z.object({ name: z.string() }) });

/** Other people on any of these presence channels, by name. A person with two windows is listed once. */
function toOthers(channels: readonly PresenceChannel[]): Watcher[] {
  const others = new Map<string, Watcher>();
  for (const { members } of channels) {
    members.each((member: unknown) => {
      const { data } = memberSchema.safeParse(member);
      if (data && data.id !== members.myID) others.set(data.id, { id: data.id, name: data.info.name });
    });
  }
  return [...others.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** pusher-js gives a refused channel up. It is requested again, because a session may come back. */
const askAgainMs = 5_000;

/**
 * Pushes to channels without subscribers are not sent, and every server process learns of a new subscriber within two
 * seconds (lib/realtime/server/occupancy.ts): changes until then are fetched once more.
 */
const settleMs = 3_000;

/** Random delay up to this, so that pages do not all request their new channels at once. */
const spreadMs = 500;

/** A server process may still publish on the old channels for a second (lib/realtime/server/generation.ts). */
const lingerMs = 3_000;

const generationSchema = z.object({ generation: z.string() });

const noWatchers: readonly Watcher[] = [];

/**
 * Tracks the listeners of each channel. Channels are joined under the names of the current generation once it is known,
 * again after each reconnect (by pusher-js), and under new names when the generation changes. Listeners refetch each time.
 */
export class Rooms {
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  /** The channel behind each real name that is joined or requested. */
  readonly #entered = new Map<string, string>();
  readonly #refused = new Set<string>();
  readonly #others = new Map<string, readonly Watcher[]>();
  readonly #onChange: () => void;
  #pusher: Pusher | null = null;
  #generation: string | null = null;
  #lastPushAt: number | null = null;

  /** `onChange`: called when a channel is refused, or no longer refused. */
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
    return this.#others.get(name) ?? noWatchers;
  }

  /** Joins the generation channel before it asks for the current generation, so that no change is missed in between. */
  attach(pusher: Pusher): void {
    this.#pusher = pusher;
    const channel = pusher.subscribe(generationChannel);
    channel.bind(rotateEvent, (data: unknown) => {
      const { generation } = generationSchema.parse(data);
      setTimeout(() => this.moveTo(generation), Math.random() * spreadMs);
    });
    channel.bind("pusher:subscription_succeeded", () => void this.#catchUp());
    channel.bind("pusher:subscription_error", () => {
      this.#setRefused(generationChannel, true);
      setTimeout(() => pusher.subscribe(generationChannel), askAgainMs);
    });
  }

  /** Joins every channel under its new name, and leaves the old ones a little later. */
  moveTo(generation: string): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    const before = new Set(this.#entered.keys());
    for (const name of this.#listeners.keys()) this.#enter(name);
    // Only the channels from before: if two moves follow each other, the second one's have their own delay.
    const isOver = (realName: string) => before.has(realName) && !this.#isCurrent(realName);
    setTimeout(() => this.#leaveWhere(isOver), lingerMs);
  }

  join(name: string, listener: ChannelListener): () => void {
    const room = this.#listeners.get(name);
    this.#listeners.set(name, (room ?? new Set()).add(listener));
    if (!room) this.#enter(name);
    else if (this.#isSubscribed(name)) listener.refetch();
    return () => this.#leave(name, listener);
  }

  async #catchUp(): Promise<void> {
    try {
      this.moveTo((await fetchJson("/api/pusher/generation", generationSchema)).generation);
      this.#setRefused(generationChannel, false);
    } catch {
      // Signed out, or the server is gone: the page polls and shows that.
      this.#setRefused(generationChannel, true);
      setTimeout(() => void this.#catchUp(), askAgainMs);
    }
  }

  #enter(name: string): void {
    const pusher = this.#pusher;
    if (!pusher || this.#generation === null) return;
    const realName = withGeneration(name, this.#generation);
    this.#entered.set(realName, name);
    const channel = pusher.subscribe(realName);
    if (isPresence(channel)) this.#follow(name, channel);
    channel.bind(pushEvent, (data: unknown) => this.#receive(name, data));
    channel.bind("pusher:subscription_succeeded", () => {
      this.#setRefused(name, false);
      this.#notify(name, (listener) => listener.refetch());
      setTimeout(() => this.#notify(name, (listener) => listener.refetch()), settleMs);
    });
    channel.bind("pusher:subscription_error", () => {
      if (!this.#isCurrent(realName)) return;
      this.#setRefused(name, true);
      setTimeout(() => this.#entered.has(realName) && pusher.subscribe(realName), askAgainMs);
    });
  }

  #follow(name: string, channel: PresenceChannel): void {
    for (const event of ["pusher:subscription_succeeded", "pusher:member_added", "pusher:member_removed"])
      channel.bind(event, () => this.#updateOthers(name));
  }

  /** Combines the members of the old and the new generation, so that no one appears to leave while pages move. */
  #updateOthers(name: string): void {
    const channels = [...this.#entered].flatMap(([realName, of]) =>
      of === name ? (this.#pusher?.channel(realName) ?? []) : [],
    );
    this.#others.set(name, toOthers(channels.filter(isPresence)));
    this.#notify(name, (listener) => listener.refetch());
  }

  #leave(name: string, listener: ChannelListener): void {
    const room = this.#listeners.get(name);
    room?.delete(listener);
    if (room?.size !== 0) return;
    this.#listeners.delete(name);
    this.#leaveWhere((_, of) => of === name);
    this.#others.delete(name);
    this.#setRefused(name, false);
  }

  #leaveWhere(isToLeave: (realName: string, name: string) => boolean): void {
    for (const [realName, name] of this.#entered) {
      if (!isToLeave(realName, name)) continue;
      this.#entered.delete(realName);
      this.#pusher?.channel(realName)?.unbind();
      this.#pusher?.unsubscribe(realName);
      if (this.#others.has(name)) this.#updateOthers(name);
    }
  }

  #receive(name: string, data: unknown): void {
    this.#lastPushAt = serverTime.now();
    const parsed = pushesSchema.safeParse(data);
    this.#notify(name, (listener) => {
      if (parsed.success) for (const push of parsed.data) listener.push(push);
      else listener.refetch();
    });
  }

  #notify(name: string, callback: (listener: ChannelListener) => void): void {
    for (const listener of this.#listeners.get(name) ?? []) callback(listener);
  }

  #isCurrent(realName: string): boolean {
    return splitGeneration(realName).generation === this.#generation;
  }

  #isSubscribed(name: string): boolean {
    return this.#pusher?.channel(withGeneration(name, this.#generation ?? ""))?.subscribed === true;
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
