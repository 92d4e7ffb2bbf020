const done = Promise.resolve();

/**
 * Resolves when all of them have; null stands for what there is nothing to do for. Makes no promise where it need not:
 * each is followed through every context that Next keeps of a request, and this lies on the way of every event.
 */
export function allDone(works: readonly (Promise<void> | null)[]): Promise<void> {
  const [first = done, ...others] = works.filter((work) => work !== null);
  return others.length === 0 ? first : Promise.all([first, ...others]).then(() => {});
}
