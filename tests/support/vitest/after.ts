const works = new Set<Promise<unknown>>();

/** Stands in for Next's `after`, which outside a server has no answer to wait for. */
export function after(work: Promise<unknown> | (() => unknown)): void {
  works.add(Promise.resolve(typeof work === "function" ? work() : work));
}

/** Resolves when all that routes have put off until after their answer is done. */
export async function settled(): Promise<void> {
  const waiting = [...works];
  works.clear();
  await Promise.allSettled(waiting);
}
