/** Yields every order of the items: n! of them. */
export function* permute<T>(items: readonly T[]): Generator<T[], void> {
  if (items.length <= 1) return yield [...items];
  for (const [index, item] of items.entries()) {
    for (const rest of permute(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}
