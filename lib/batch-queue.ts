interface BatchQueue<T> {
  /** Resolves once the item's batch has been flushed or has failed. Never rejects. */
  add(item: T): Promise<void>;
  /** Whether an item with this key is waiting. */
  has(key: string): boolean;
  /** Number of waiting items. */
  readonly size: number;
}

interface Options<T> {
  /** Waiting items with the same key are joined. */
  keyOf: (item: T) => string;
  /** Joins two items with the same key. By default the later one wins. */
  join?: (earlier: T, later: T) => T;
  /** How long items are collected before a flush. */
  windowMs: number;
  /**
   * Whether an idle queue flushes its first item immediately and collects only the items that follow. With `true`,
   * those wait until that flush is done, so only one runs at a time. With "overlapping", they wait until `windowMs`
   * after it started. Otherwise each item waits for its window.
   */
  isFirstAtOnce?: boolean | "overlapping";
  flush: (items: T[]) => Promise<void>;
  /** Items of a failed flush are lost; there is no retry. */
  onFailure: (cause: unknown, items: readonly T[]) => void;
}

/** Collects items that can wait and need no answer, so that many of them cost one statement or one request. */
export function createBatchQueue<T>({ keyOf, join, windowMs, isFirstAtOnce, flush, onFailure }: Options<T>) {
  let waiting = new Map<string, T>();
  let flushing: Promise<void> | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;

  const flushWaiting = async () => {
    const items = [...waiting.values()];
    waiting = new Map();
    try {
      await flush(items);
    } catch (cause) {
      onFailure(cause, items);
    }
  };

  const flushAfter = async (waitMs: number) => {
    await pass(waitMs);
    flushing = null;
    flushedAt = performance.now();
    await flushWaiting();
  };

  const flushUntilEmpty = async () => {
    while (waiting.size > 0) {
      await flushWaiting();
      if (waiting.size > 1) await pass(windowMs);
    }
    flushing = null;
  };

  const begin = () => {
    if (isFirstAtOnce === true) return flushUntilEmpty();
    // Not synchronously: items added in the same tick share a batch.
    return flushAfter(isFirstAtOnce ? Math.max(0, flushedAt + windowMs - performance.now()) : windowMs);
  };

  const queue: BatchQueue<T> = {
    add(item) {
      const key = keyOf(item);
      const earlier = waiting.get(key);
      waiting.set(key, earlier !== undefined && join ? join(earlier, item) : item);
      flushing ??= begin();
      return flushing;
    },
    has: (key) => waiting.has(key),
    get size() {
      return waiting.size;
    },
  };
  return queue;
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
