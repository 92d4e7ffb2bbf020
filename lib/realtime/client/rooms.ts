"use client";

import type Pusher from "pusher-js";
import type { Channel, PresenceChannel } from "pusher-js";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
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

/** What /api/pusher/auth says of a member. pusher-js hands it on untyped. */
const memberSchema = z.object({ id: z.string(), info: z.object({ name: z.string() }) });

/** Who is on any of these presence channels besides oneself, by name. One person in two windows is there once. */
export function toOthers(channels: readonly PresenceChannel[]): Watcher[] {
  const others = new Map<string, Watcher>();
  for (const { members } of channels) {
    members.each((member: unknown) => {
      const { data } = memberSchema.safeParse(member);
      if (data && data.id !== members.myID) others.set(data.id, { id: data.id, name: data.info.name });
    });
  }
  return [...others.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** pusher-js gives a refused channel up; a session may come back, so it is asked for again. */
const askAgainMs = 5_000;

/**
 * What nobody listens to is not sent, and every process of the server knows within two seconds that somebody does
 * (lib/realtime/server/occupancy.ts): what happened until then is asked for once more.
 */
const settleMs = 3_000;

/** Not every page asks for its new channels in the same moment. */
const spreadMs = 500;

/** A process of the server may publish on the channels of before for a second more (lib/realtime/server/generation.ts). */
const lingerMs = 3_000;

const generationSchema = z.object({ generation: z.string() });

const nobody: readonly Watcher[] = [];

/**
 * Who follows which channel. Channels are entered under the names of their generation once it is known, again by themselves
 * after each reconnect, and under new names when there is a new generation. What listeners know is asked for again each time.
 */
export class Rooms {
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  /** The channel behind each real name that is joined, or asked for. */
  readonly #entered = new Map<string, string>();
  readonly #refused = new Set<string>();
  readonly #others = new Map<string, readonly Watcher[]>();
  readonly #onChange: () => void;
  #pusher: Pusher | null = null;
  #generation: string | null = null;
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

  /** First the channel that tells of generations, then the question which there is: none can be missed in between. */
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

  /** Enters every channel under its new name, and leaves the old ones a little later. */
  moveTo(generation: string): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    const before = new Set(this.#entered.keys());
    for (const name of this.#listeners.keys()) this.#enter(name);
    // Only those: where two moves follow each other, the channels of the second have their own time.
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
      // Signed out, or the server is gone: the page polls, and says so.
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
    channel.bind(pushEvent, (data: unknown) => this.#hear(name, data));
    channel.bind("pusher:subscription_succeeded", () => {
      this.#setRefused(name, false);
      this.#tell(name, (listener) => listener.refetch());
      setTimeout(() => this.#tell(name, (listener) => listener.refetch()), settleMs);
    });
    channel.bind("pusher:subscription_error", () => {
      if (!this.#isCurrent(realName)) return;
      this.#setRefused(name, true);
      setTimeout(() => this.#entered.has(realName) && pusher.subscribe(realName), askAgainMs);
    });
  }

  #follow(name: string, channel: PresenceChannel): void {
    for (const event of ["pusher:subscription_succeeded", "pusher:member_added", "pusher:member_removed"])
      channel.bind(event, () => this.#noteOthers(name));
  }

  /** Those of the old generation and of the new: while everybody moves, nobody seems to go. */
  #noteOthers(name: string): void {
    const channels = [...this.#entered].flatMap(([realName, of]) =>
      of === name ? (this.#pusher?.channel(realName) ?? []) : [],
    );
    this.#others.set(name, toOthers(channels.filter(isPresence)));
    this.#tell(name, (listener) => listener.refetch());
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
      if (this.#others.has(name)) this.#noteOthers(name);
    }
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
