import "server-only";

/** Above this many concurrent deliveries, they slow each other down. */
const manyAtOnce = 8;

/** Next bundles routes and background jobs separately, so a module variable would give each its own count. */
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

/** Whether this process has more deliveries than it can answer at once. Background work should then pause. */
export const isBusyAnswering = () => underWay.count > manyAtOnce;
