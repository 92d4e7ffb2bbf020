export interface BatchQueue<T> {
  /** Resolves when the batch the item is in has been flushed, or could not be. Never rejects. */
  add(item: T): Promise<void>;
  /** Whether an item of this key waits. */
  has(key: string): boolean;
  /** How many items wait. */
  readonly size: number;
}

interface Options<T> {
  /** Items of one key are joined while they wait. */
  keyOf: (item: T) => string;
  /** The later one by default. */
  join?: (earlier: T, later: T) => T;
  /** How long items are gathered. */
  windowMs: number;
  /**
   * Whether a quiet process flushes a single item at once, and gathers only what comes meanwhile. "meanwhile" is until that
   * flush is done, so that one goes on at a time; or, where flushes may overlap, until the window after its start is over.
   * Otherwise each item waits for its window.
   */
  isFirstAtOnce?: boolean | "overlapping";
  flush: (items: T[]) => Promise<void>;
  /** What is lost when a flush fails stays lost. */
  onFailure: (cause: unknown, items: readonly T[]) => void;
}

/** Gathers what may wait a moment and nobody needs an answer to, so that many items cost one statement or one request. */
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
    // Not in this very moment: what is added together goes together.
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
