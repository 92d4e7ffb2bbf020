import type { Mark } from "@/lib/calls/mark";

/** Vapi tells of one transfer by `status-update` and by `transfer-update`, seconds apart and in any order. */
const apartMs = 15_000;

/**
 * Marks without the second word of one transfer: same destination, or one that does not say where to. The first of the two stands
 * in time; the destination is whichever of them says it. Pure; the order of the marks does not matter and is kept.
 */
export function dropToldTwice(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const transfers = marks.filter(({ kind }) => kind === "transfer").sort(byTime);
  const gone = new Set<string>();
  for (const mark of transfers) {
    const told = kept.findIndex((first) => isSame(first, mark));
    const first = kept[told];
    if (!first) {
      kept.push(mark);
      continue;
    }
    kept[told] = { ...first, detail: first.detail ?? mark.detail };
    gone.add(mark.id);
  }
  const told = new Map(kept.map((mark) => [mark.id, mark]));
  return marks.filter(({ id }) => !gone.has(id)).map((mark) => told.get(mark.id) ?? mark);
}

function isSame(first: Mark, later: Mark): boolean {
  const isNear = Date.parse(later.at) - Date.parse(first.at) <= apartMs;
  return isNear && (first.detail === null || later.detail === null || plain(first) === plain(later));
}

/** A number is the same however it is written. */
function plain({ detail }: Mark): string {
  return (detail ?? "").toLowerCase().replace(/^(tel|sips?):|[\s().-]/g, "");
}

function byTime(a: Mark, b: Mark): number {
  return a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
}
