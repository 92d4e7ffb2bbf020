import type { Figures } from "@/lib/analytics/figures";
import type { Measures } from "@/lib/analytics/measures";
import { noMeasures } from "@/lib/analytics/no-measures";
import { toFigures } from "@/lib/analytics/to-figures";

export interface Compared {
  key: string;
  name: string | null;
  figures: Figures;
  before: Figures;
}

type Part = { key: string; name: string | null; isCurrent: boolean; sum: Measures };

/** Sums of two periods → one entry per key, most calls first; what there was only before comes last, with no calls now. */
export function compareParts(parts: readonly Part[]): Compared[] {
  const keys = [...new Set(parts.map(({ key }) => key))];
  return keys
    .map((key) => {
      const mine = parts.filter((part) => part.key === key);
      const [now, before] = [
        mine.find(({ isCurrent }) => isCurrent),
        mine.find(({ isCurrent }) => !isCurrent),
      ];
      return {
        key,
        name: now?.name ?? before?.name ?? null,
        figures: toFigures(now?.sum ?? noMeasures),
        before: toFigures(before?.sum ?? noMeasures),
      };
    })
    .sort(
      (a, b) =>
        b.figures.calls - a.figures.calls || b.before.calls - a.before.calls || (a.key < b.key ? -1 : 1),
    );
}
