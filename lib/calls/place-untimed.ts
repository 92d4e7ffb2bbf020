import type { HeardLine } from "@/lib/calls/line";

/**
 * When lines were said whose source tells an order but no times: with the words that others have of them, else right after
 * what precedes them, else right before what follows. Epoch ms by id; of none where nobody knows any.
 *
 * @param known when some of them were said
 */
export function placeUntimed(
  heard: readonly HeardLine[],
  known: ReadonlyMap<string, number>,
): Map<string, number> {
  const places = new Map<string, number>();
  for (const source of ["report", "conversation"] as const) {
    const list = heard.filter((line) => line.source === source && !line.isTimed).sort(byPlace);
    const first = list.findIndex(({ id }) => known.has(id));
    let at = (known.get(list[first]?.id ?? "") ?? 0) - first - 1;
    for (const { id } of first < 0 ? [] : list) {
      at = known.get(id) ?? at + 1;
      places.set(id, at);
    }
  }
  return places;
}

function byPlace(a: HeardLine, b: HeardLine): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
