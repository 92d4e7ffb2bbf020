const works = new Set<Promise<unknown>>();

/** Replaces Next's `after`, which outside a server has no response to wait for. */
export function after(work: Promise<unknown> | (() => unknown)): void {
  works.add(Promise.resolve(typeof work === "function" ? work() : work));
}

/** Resolves when all the work that routes deferred with `after` is done. */
export async function settled(): Promise<void> {
  const waiting = [...works];
  works.clear();
  await Promise.allSettled(waiting);
}
