/** A `Date` header counts whole seconds, so the browser's clock counts as right while it is off by hardly more than that. */
const toleranceMs = 1_000;

/**
 * The server's clock as estimated in a browser. Times of calls and alerts come from the server, so their ages need its
 * clock: a browser's own may be minutes off.
 */
export class ServerTime {
  readonly #watchers = new Set<() => void>();
  #offsetMs = 0;

  /** Epoch ms by the server's clock: the browser's own time, corrected only if responses contradict it. */
  now = (): number => Date.now() + this.#offsetMs;

  /** Calls the watcher each time the clock is corrected. */
  watch = (watcher: () => void): void => {
    this.#watchers.add(watcher);
  };

  /**
   * Learns from a response to a request sent at `askedAt` (epoch ms by the browser's clock), once its headers have arrived. The
   * server wrote its time in between, so a slow response proves little and changes little.
   */
  learn = ({ headers }: Response, askedAt: number): void => {
    const second = Date.parse(headers.get("date") ?? "");
    const [least, most] = [second - Date.now(), second + 1_000 - askedAt];
    // Without the header, or if the browser's clock was set back during the request.
    if (!(least <= most)) return;
    const isLikely = (offset: number) => offset >= least - toleranceMs && offset <= most + toleranceMs;
    // The present offset first: a new estimate after each response would move every clock on the page.
    const offset = [this.#offsetMs, 0].find(isLikely) ?? Math.round((least + most) / 2);
    if (offset === this.#offsetMs) return;
    this.#offsetMs = offset;
    for (const watcher of this.#watchers) watcher();
  };
}

/** The page's only one. */
export const serverTime = new ServerTime();
