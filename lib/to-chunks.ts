/** Splits a list into lists of `size` items; the last one may be shorter. */
export function toChunks<T>(all: readonly T[], size: number): T[][] {
  const chunks = Math.ceil(all.length / size);
  return Array.from({ length: chunks }, (_, index) => all.slice(index * size, (index + 1) * size));
}
