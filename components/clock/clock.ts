"use client";

import { createContext, use, useSyncExternalStore } from "react";
import { ownZone } from "@/lib/zones";

/** When the server rendered the page, epoch ms: what hydration must take for now, or its text would differ. */
export const RenderedAt = createContext(0);

/** Now, in epoch ms, to the second. Whoever calls this renders once a second: keep it in the smallest component. */
export function useNow(): number {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(clock.watch, clock.getNow, () => renderedAt);
}

const never = () => () => {};

/** The viewer's zone as Intl takes it: "UTC" on the server, which cannot know, and undefined (its own) in the browser. */
export function useZone(): "UTC" | undefined {
  return useSyncExternalStore(
    never,
    () => undefined,
    () => "UTC",
  );
}

/** The zone of whoever looks, like "Europe/Berlin". The server does not know it: null until the browser has taken over. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(never, ownZone, () => null);
}

const tickMs = 1_000;

/** The page's one ticking clock: it ticks on the full second, and only while somebody looks at it. */
class Clock {
  readonly #watchers = new Set<() => void>();
  #now = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Epoch ms of the last tick, the same until the next. */
  getNow = (): number => {
    if (this.#now === 0) this.#now = Date.now();
    return this.#now;
  };

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#timer === undefined) this.#tick();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  };

  #tick = () => {
    this.#now = Date.now();
    this.#timer = setTimeout(this.#tick, tickMs - (this.#now % tickMs));
    for (const watcher of this.#watchers) watcher();
  };
}

export const clock = new Clock();
