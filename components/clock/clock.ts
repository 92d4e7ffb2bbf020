"use client";

import { createContext, use, useSyncExternalStore } from "react";
import { serverTime } from "@/lib/http/server-time";

/**
 * When the server rendered the page, in epoch ms. Hydration must use it as the current time, or the text would differ.
 */
export const RenderedAt = createContext(0);

/** Now, in epoch ms, to the second. Re-renders its component every second, so call it in the smallest one. */
export function useNow(): number {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(
    clock.watch,
    () => clock.getNow(renderedAt),
    () => renderedAt,
  );
}

const tickMs = 1_000;

/** A tick this late shows that the machine slept. Browsers run the timers of a hidden page only once a minute. */
const sleepMs = { visible: 5_000, hidden: 75_000 } as const;

/**
 * The page's only clock: the server's time. It ticks on the full second, and only while a component subscribes. Its first tick is
 * a task of its own: were the time another right after hydration, React would at once render all that shows it again, in the same
 * task.
 */
export class Clock {
  readonly #watchers = new Set<() => void>();
  readonly #sleepWatchers = new Set<() => void>();
  #now: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Epoch ms by the browser's clock from which the next tick comes too late. */
  #lateAt = Number.POSITIVE_INFINITY;

  constructor() {
    serverTime.watch(() => this.#timer !== undefined && this.#tick());
  }

  /** Epoch ms of the last tick; constant between ticks. `renderedAt`: the page's time, which is used until the first. */
  getNow = (renderedAt: number): number => this.#now ?? renderedAt;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    if (this.#timer === undefined) {
      if (this.#now === null) this.#timer = setTimeout(this.#tick);
      else this.#tick();
    }
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#lateAt = Number.POSITIVE_INFINITY;
    };
  };

  /** Calls the watcher after a sleep of the machine, right before the first tick. */
  watchSleep = (watcher: () => void): (() => void) => {
    this.#sleepWatchers.add(watcher);
    return () => this.#sleepWatchers.delete(watcher);
  };

  #tick = () => {
    clearTimeout(this.#timer);
    const now = serverTime.now();
    const waitMs = tickMs - (now % tickMs);
    const hasSlept = Date.now() > this.#lateAt;
    this.#now = now;
    this.#timer = setTimeout(this.#tick, waitMs);
    this.#lateAt = Date.now() + waitMs + sleepMs[document.visibilityState];
    if (hasSlept) for (const watcher of this.#sleepWatchers) watcher();
    for (const watcher of this.#watchers) watcher();
  };
}

export const clock = new Clock();
