import type { Line, LineSource } from "@/lib/calls/line";
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

/** As lib/calls/line.ts orders them. */
const ranks: Readonly<Record<LineSource, number>> = { conversation: 0, transcript: 1, report: 2 };
const rank = (line: Line) => ranks[line.source];

function better(a: Line, b: Line): Line {
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b;
  if (a.text.length !== b.text.length) return a.text.length > b.text.length ? a : b;
  return a.text >= b.text ? a : b;
}
