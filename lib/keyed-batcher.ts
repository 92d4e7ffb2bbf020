/** Batches in flight; while there are this many, new items wait and share the next batch. */
const maxUnderWay = 2;
/** A batch that takes this many times the average (because it waits for a lock) no longer counts towards the limit. */
const slowFactor = 4;
const minSlowMs = 25;
/** Weight of the newest sample in the moving average, as in TCP's round-trip time (RFC 6298 §2). */
const smoothing = 1 / 8;

interface Waiting<T, R> {
  item: T;
  key: string;
  result: Promise<R>;
  resolve: (result: R) => void;
  reject: (cause: unknown) => void;
}

interface Options<T, R> {
  /** Returns one result per item, in the same order. */
  work: (items: T[]) => Promise<R[]>;
  /**
   * Items with the same key run in order: waiting ones share a batch, and none starts while an earlier one is in flight.
   * Without it, no item waits for another.
   */
  keyOf?: (item: T) => string;
  /** Merges a waiting item with a later one of the same key; both get its result. */
  join?: (waiting: T, later: T) => T;
  maxTogether?: number;
  /** Whether a batch that failed with this error may succeed without one of its items. */
  isOfOneItem?: (cause: unknown) => boolean;
}

/**
 * Turns a function that processes many items at once into one that takes a single item and batches it with concurrent
 * ones: idle, each item runs alone without delay; busy, each costs less. A failed batch is split in half until the
 * failing item is alone, so that it fails nothing else. The threshold for "slow" follows the average batch time, since
 * batching still helps where all batches are slow.
 */
export function createKeyedBatcher<T, R>({
  work,
  keyOf = () => crypto.randomUUID(),
  join,
  maxTogether = 50,
  isOfOneItem = () => true,
}: Options<T, R>): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  const busy = new Set<string>();
  let underWay = 0;
  let usualMs = 0;
  let isScheduled = false;

  const schedule = () => {
    if (isScheduled || underWay >= maxUnderWay || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const { batch, rest } = takeBatch(waiting, busy, maxTogether);
      waiting = rest;
      if (batch.length === 0) return;
      send(batch);
      schedule();
    });
  };

  const send = (batch: Waiting<T, R>[]) => {
    for (const { key } of batch) busy.add(key);
    underWay += 1;
    let isCounted = true;
    const uncount = () => {
      if (!isCounted) return;
      isCounted = false;
      underWay -= 1;
      schedule();
    };
    const slowMs = Math.max(minSlowMs, slowFactor * usualMs);
    const timer = setTimeout(uncount, slowMs);
    const sentAt = performance.now();
    void settle(batch, work, isOfOneItem).finally(() => {
      clearTimeout(timer);
      // Capped: one stuck batch says little about the others, and if many are slow the average still rises soon enough.
      usualMs += smoothing * (Math.min(performance.now() - sentAt, slowMs) - usualMs);
      for (const { key } of batch) busy.delete(key);
      uncount();
      schedule();
    });
  };

  const joinWaiting = (item: T) => {
    const key = keyOf(item);
    const same = join && waiting.find((each) => each.key === key);
    if (same) same.item = join(same.item, item);
    return same?.result;
  };

  const enqueue = (item: T) => {
    let settle: Pick<Waiting<T, R>, "resolve" | "reject"> | undefined;
    const result = new Promise<R>((resolve, reject) => {
      settle = { resolve, reject };
    });
    if (settle) waiting.push({ item, key: keyOf(item), result, ...settle });
    schedule();
    return result;
  };

  return (item) => joinWaiting(item) ?? enqueue(item);
}

/** Once the batch is full everything else waits, so no item overtakes another with the same key. */
function takeBatch<T, R>(waiting: Waiting<T, R>[], busy: ReadonlySet<string>, most: number) {
  const batch: Waiting<T, R>[] = [];
  const rest: Waiting<T, R>[] = [];
  for (const each of waiting) {
    const mustWait = batch.length === most || busy.has(each.key);
    (mustWait ? rest : batch).push(each);
  }
  return { batch, rest };
}

async function settle<T, R>(
  batch: Waiting<T, R>[],
  work: (items: T[]) => Promise<R[]>,
  isOfOneItem: (cause: unknown) => boolean,
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    if (results.length !== batch.length) throw new Error("expected as many results as items");
    for (const [index, result] of results.entries()) batch[index]?.resolve(result);
  } catch (cause) {
    if (batch.length === 1 || !isOfOneItem(cause)) {
      for (const { reject } of batch) reject(cause);
      return;
    }
    const { halves, areApart } = halve(batch);
    const settleHalf = (half: Waiting<T, R>[]) => settle(half, work, isOfOneItem);
    if (areApart) await Promise.all(halves.map(settleHalf));
    else for (const half of halves) await settleHalf(half);
  }
}

/** Splits between keys if there are several: halves without a common key can run in parallel. */
function halve<T, R>(batch: Waiting<T, R>[]) {
  const keys = [...new Set(batch.map(({ key }) => key))];
  const areApart = keys.length > 1;
  const first = new Set(keys.slice(0, Math.ceil(keys.length / 2)));
  const middle = Math.ceil(batch.length / 2);
  const isFirst = (each: Waiting<T, R>, index: number) => (areApart ? first.has(each.key) : index < middle);
  return {
    areApart,
    halves: [batch.filter(isFirst), batch.filter((each, index) => !isFirst(each, index))],
  };
}
