import type { HeardLine } from "@/lib/calls/line";
import { unionById } from "@/lib/calls/union-by-id";

/** Lines known and lines come, one an id, by the rule that rows are joined by (db/merge-line.ts). */
export function addHeard(known: readonly HeardLine[], added: readonly HeardLine[]): readonly HeardLine[] {
  return unionById(known, added, (line) => line.at, join);
}

/** The same object where the other tells nothing new. */
function join(a: HeardLine, b: HeardLine): HeardLine {
  const [later, other] = isLater(b, a) ? [b, a] : [a, b];
  const at = later.source === "partial" ? later.at : earliest(later.at, other.at);
  const endedAt = latest(later.endedAt, other.endedAt);
  const notBefore = latest(later.notBefore, other.notBefore);
  const isSame = at === later.at && endedAt === later.endedAt && notBefore === later.notBefore;
  return isSame ? later : { ...later, at, endedAt, notBefore };
}

/** A partial's text is replaced by the next one's, a message of a conversation grows. */
function isLater(a: HeardLine, b: HeardLine): boolean {
  if (a.source === "partial" && a.at !== b.at) return a.at > b.at;
  return a.text.length === b.text.length ? a.text > b.text : a.text.length > b.text.length;
}

const earliest = (a: string, b: string) => (a < b ? a : b);

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
