import "server-only";
import { logRepeated } from "@/lib/log-repeated";

/**
 * Settles like `work`, or rejects with `DeadlineError` after `timeoutMs`. The work itself continues: this is for
 * operations that cannot be aborted, such as a query to a database that accepts connections but never answers.
 *
 * In each turn of the event loop, timers run before I/O. After a stall the answer may already have arrived, so I/O is
 * processed once more before the deadline counts.
 */
export function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new DeadlineError(timeoutMs));
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    const inTime =
      <R>(settle: (result: R) => void) =>
      (result: R) => {
        clearTimeout(timer);
        settle(result);
      };
    work.then(inTime(resolve), inTime(reject));
  });
}

export class DeadlineError extends Error {
  override name = "DeadlineError";

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

/** Maps items with `work`, at most `atOnce` at a time. Returns the results in the items' order. Rejects like `Promise.all`. */
export async function mapAtMost<Item, Result>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // Shared by all workers, so each takes the next item.
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** The caller hears nothing while Vapi waits, and takes two seconds for a pause. */
const budgetMs = 1_500;
/** Minimum left for the work when reading and verifying the request was slow. */
const leastMs = 300;

/**
 * Returns the result of a database read, or the fallback when the read is slow or fails. Never rejects.
 *
 * @param receivedAt when Vapi began to wait
 * @param what the failure, as a sentence for the log
 */
export async function answerInTime<T>(
  work: Promise<T>,
  receivedAt: Date,
  fallback: T,
  what: string,
): Promise<T> {
  try {
    return await withDeadline(work, Math.max(leastMs, budgetMs - (Date.now() - receivedAt.getTime())));
  } catch (cause) {
    logRepeated("warn", what, { error: cause });
    return fallback;
  }
}
