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
