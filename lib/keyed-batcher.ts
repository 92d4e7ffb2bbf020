/** So few batches at once that new items are sent together. */
const maxUnderWay = 2;
/** A batch that takes this many times the average (it waits for a lock) no longer holds up the others. */
const slowFactor = 4;
const minSlowMs = 25;
/** The share of the newest one in the moving average, as in TCP's round-trip time (RFC 6298 §2). */
const smoothing = 1 / 8;
const maxTogether = 50;

interface Waiting<T, R> {
  item: T;
  result: Promise<R>;
  resolve: (result: R) => void;
  reject: (cause: unknown) => void;
}

/**
 * Makes of a function that does many things at once one that does a single thing, together with whatever else is asked
 * of it at the moment: a quiet process does each by itself without delay, a busy one spends less on each. A batch that
 * fails is tried item by item, so that one item's fault is its own. How long is too long follows from how long batches take:
 * where all of them are slow, batching helps.
 *
 * @param work returns as many results as it was given items, in their order.
 * @param keysOf of items that share a key each waits until the one before is done: they go, and end, in the order they came.
 * @param join makes one of an item that waits and a later one of the same first key; both have its result.
 */
export function createKeyedBatcher<T, R>(
  work: (items: T[]) => Promise<R[]>,
  keysOf: (item: T) => string[],
  join?: (waiting: T, later: T) => T,
): (item: T) => Promise<R> {
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
      const { batch, rest } = takeBatch(waiting, keysOf, busy);
      waiting = rest;
      if (batch.length === 0) return;
      send(batch);
      schedule();
    });
  };

  const send = (batch: Waiting<T, R>[]) => {
    const keys = batch.flatMap(({ item }) => keysOf(item));
    for (const key of keys) busy.add(key);
    underWay += 1;
    let isCounted = true;
    const uncount = () => {
      if (!isCounted) return;
      isCounted = false;
      underWay -= 1;
      schedule();
    };
    const patienceMs = Math.max(minSlowMs, slowFactor * usualMs);
    const timer = setTimeout(uncount, patienceMs);
    const sentAt = performance.now();
    void settle(batch, work).finally(() => {
      clearTimeout(timer);
      // One that was stuck says little of the others, many that take long raise it soon enough.
      usualMs += smoothing * (Math.min(performance.now() - sentAt, patienceMs) - usualMs);
      for (const key of keys) busy.delete(key);
      uncount();
      schedule();
    });
  };

  const joinWaiting = (item: T) => {
    const [key] = keysOf(item);
    const same = join && waiting.find((each) => keysOf(each.item)[0] === key);
    if (same) same.item = join(same.item, item);
    return same?.result;
  };

  const enqueue = (item: T) => {
    let settle: Pick<Waiting<T, R>, "resolve" | "reject"> | undefined;
    const result = new Promise<R>((resolve, reject) => {
      settle = { resolve, reject };
    });
    if (settle) waiting.push({ item, result, ...settle });
    schedule();
    return result;
  };

  return (item) => joinWaiting(item) ?? enqueue(item);
}

function takeBatch<T, R>(waiting: Waiting<T, R>[], keysOf: (item: T) => string[], busy: ReadonlySet<string>) {
  const batch: Waiting<T, R>[] = [];
  const rest: Waiting<T, R>[] = [];
  const taken = new Set(busy);
  for (const each of waiting) {
    const keys = keysOf(each.item);
    const mustWait = batch.length === maxTogether || keys.some((key) => taken.has(key));
    (mustWait ? rest : batch).push(each);
    for (const key of keys) taken.add(key);
  }
  return { batch, rest };
}

async function settle<T, R>(batch: Waiting<T, R>[], work: (items: T[]) => Promise<R[]>): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    if (results.length !== batch.length) throw new Error("as many results as items were expected");
    for (const [index, result] of results.entries()) batch[index]?.resolve(result);
  } catch (cause) {
    if (batch.length > 1) await Promise.all(batch.map((each) => settle([each], work)));
    else for (const { reject } of batch) reject(cause);
  }
}
