"use client";

import { createContext, use, useSyncExternalStore } from "react";

/**
 * When the server rendered the page, in epoch ms. Hydration must use it as the current time, or the text would differ.
 */
export const RenderedAt = createContext(0);

/** Now, in epoch ms, to the second. Re-renders its component every second, so call it in the smallest one. */
export function useNow(): number {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(clock.watch, clock.getNow, () => renderedAt);
}

const tickMs = 1_000;

/** The page's only clock. It ticks on the full second, and only while a component subscribes. */
class Clock {
  readonly #watchers = new Set<() => void>();
  #now = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Epoch ms of the last tick; constant between ticks. */
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
