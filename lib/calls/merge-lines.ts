import { type Line, lineSources } from "@/lib/calls/line";
import { unionById } from "@/lib/calls/union-by-id";

/**
 * Lines known and lines come: only those of the best source either has (lib/calls/line.ts). A conversation update
 * tells a line again while it grows, so of one line's two texts the longer stands.
 */
export function mergeLines(known: readonly Line[], added: readonly Line[]): readonly Line[] {
  const lines = unionById(known, added, (line) => line.at, better);
  const best = Math.max(...lines.map(rank));
  return lines.every((line) => rank(line) === best) ? lines : lines.filter((line) => rank(line) === best);
}

const rank = (line: Line) => lineSources.indexOf(line.source);

function better(a: Line, b: Line): Line {
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b;
  if (a.text.length !== b.text.length) return a.text.length > b.text.length ? a : b;
  return a.text >= b.text ? a : b;
}
