import "server-only";
import { logRepeated } from "@/lib/log-repeated";

/**
 * The promise, or a rejection with `DeadlineError` when it takes longer than `timeoutMs`. The work itself goes on:
 * for what cannot be aborted, such as a database that accepts and never answers.
 */
export function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(timeoutMs)), timeoutMs);
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

/** Somebody on the phone hears nothing meanwhile; two seconds are what they take for a pause. */
const budgetMs = 1_500;
/** What is left at least when reading and verifying the request was slow. */
const leastMs = 300;

/**
 * What a look into the database brings, or the fallback when it is slow or gone. Never rejects.
 *
 * @param receivedAt when Vapi began to wait
 * @param what what could not be done then, as a sentence for the log
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
