/**
 * The rows of both lists, one per id, in ascending order of `sortKey`. Where both know a row, `pick` decides,
 * and must not care which comes first. Returns `known` itself when `added` tells nothing new.
 */
export function unionById<Row extends { id: string }>(
  known: readonly Row[],
  added: readonly Row[],
  sortKey: (row: Row) => string,
  pick: (a: Row, b: Row) => Row,
): readonly Row[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  let isChanged = false;
  for (const row of added) {
    const old = rows.get(row.id);
    const best = old ? pick(old, row) : row;
    if (best === old) continue;
    rows.set(row.id, best);
    isChanged = true;
  }
  if (!isChanged) return known;
  const order = (row: Row) => `${sortKey(row)} ${row.id}`;
  return [...rows.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
