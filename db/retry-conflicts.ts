import "server-only";

const mostTries = 5;

/**
 * Does work again that Postgres gave up for another's sake (SQLSTATE class 40: deadlocks, serialization failures). It was
 * rolled back as a whole, so that what is tried again must be a whole transaction.
 *
 * @throws what the last try threw, and at once whatever is no conflict.
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (cause) {
      if (tries === mostTries || sqlState(cause)?.startsWith("40") !== true) throw cause;
      // Of two that met, one is to be first now.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
    }
  }
}

/** What Postgres calls an error, wherever in the chain of causes; null for an error that is none of its own. */
export function sqlState(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  if ("code" in cause && typeof cause.code === "string" && /^[0-9A-Z]{5}$/.test(cause.code))
    return cause.code;
  return sqlState(cause.cause);
}
