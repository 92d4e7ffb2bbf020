/** Runs `size` items at once, one wave after the other: all at once would hit time limits on a busy machine. */
export async function inWaves<T>(
  items: readonly T[],
  size: number,
  run: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size)
    await Promise.all(items.slice(from, from + size).map((item, index) => run(item, from + index)));
}
