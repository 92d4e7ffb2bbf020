import "server-only";

/** More than this at once, and deliveries wait for each other rather than for Vapi. */
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

/** Whether deliveries take all that this process can do. Work that nobody waits for gives way then. */
export const isBusyAnswering = () => underWay.count > manyAtOnce;
