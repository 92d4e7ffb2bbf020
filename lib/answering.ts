import "server-only";

/** With more deliveries than this at once, they wait for each other. */
const manyAtOnce = 8;

/** Next bundles routes and background jobs apart, so each would have a count of its own. */
const shared = globalThis as typeof globalThis & { earshotAnswering?: { count: number } };
shared.earshotAnswering ??= { count: 0 };
const underWay = shared.earshotAnswering;

/** Counts a delivery as being answered until its promise settles. */
export async function whileAnswering<T>(work: Promise<T>): Promise<T> {
  underWay.count += 1;
  try {
    return await work;
  } finally {
    underWay.count -= 1;
  }
}

/** Whether this process has more deliveries than it can answer at once. Background work should pause then. */
export const isBusyAnswering = () => underWay.count > manyAtOnce;
