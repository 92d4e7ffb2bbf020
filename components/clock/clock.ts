"use client";

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
