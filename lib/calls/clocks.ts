import type { Speaker } from "@/lib/calls/call";
import type { SourceLine } from "@/lib/calls/line";

/** When something was said, by one of the two clocks. Epoch ms. */
interface Began {
  role: Speaker;
  at: number;
}

/**
 * Smaller differences are no second clock: on phone calls a mark comes up to 1 s after its words, a final up to 1.3 s
 * before them. Web calls were recorded with 4.4 to 4.7 s between the two clocks.
 */
const leastMs = 1_500;
const mostMs = 7_000;
/** A mark may precede its message by this much: on phone calls the clocks differ the other way round. */
const earlyMs = 1_500;
/** Differences within one call vary by up to this. */
const spreadMs = 1_000;

/**
 * Returns by how much the `time` of a call's messages is behind the stamps of its events: the difference that most
 * beginnings of messages and of speech by the same voice agree on. Zero on calls with one clock; null with too little data.
 */
export function estimateOffset(messages: readonly Began[], speech: readonly Began[]): number | null {
  const ascending = speech.toSorted((a, b) => a.at - b.at);
  const found: Difference[] = [];
  for (const role of ["user", "assistant"] as const) {
    const marks = ascending.filter((mark) => mark.role === role);
    let first = 0;
    for (const message of messages.filter((each) => each.role === role).sort((a, b) => a.at - b.at)) {
      while ((marks[first]?.at ?? Number.POSITIVE_INFINITY) < message.at - earlyMs) first += 1;
      for (const mark of marks.slice(first, first + 6)) {
        if (mark.at - message.at <= mostMs) found.push({ ms: mark.at - message.at, of: message });
      }
    }
  }
  return toOffset(found);
}

interface Difference {
  ms: number;
  /** The message; counts once, however many marks are near it. */
  of: object;
}

/** Returns the middle of the largest cluster of differences; of equally large ones, the smallest. */
function toOffset(differences: Difference[]): number | null {
  differences.sort((a, b) => a.ms - b.ms);
  const counts = new Map<object, number>();
  let [first, most, offset] = [0, 1, 0];
  for (const [last, { ms, of }] of differences.entries()) {
    counts.set(of, (counts.get(of) ?? 0) + 1);
    for (let old = differences[first]; old && ms - old.ms > spreadMs; old = differences[first]) {
      const left = (counts.get(old.of) ?? 1) - 1;
      if (left > 0) counts.set(old.of, left);
      else counts.delete(old.of);
      first += 1;
    }
    const middle = differences[(first + last) >> 1]?.ms ?? ms;
    if (counts.size > most) [most, offset] = [counts.size, middle];
  }
  if (most < 2) return null;
  return offset >= leastMs ? offset : 0;
}

/** Estimates the offset from finals, each given as stamp minus end of its words by the messages' clock: their median. */
export function estimateOffsetByFinals(differences: readonly number[]): number | null {
  if (differences.length < 2) return null;
  const middle = differences.toSorted((a, b) => a - b)[differences.length >> 1] ?? 0;
  return middle >= leastMs && middle <= mostMs ? middle : 0;
}

/** Estimates the offset from tool calls: a message listed after a tool call was said after it was requested. */
export function estimateOffsetByTools(messages: readonly { at: number; notBefore: number | null }[]): number {
  const least = messages.reduce(
    (most, { at, notBefore }) =>
      notBefore !== null && notBefore - at <= mostMs ? Math.max(most, notBefore - at) : most,
    0,
  );
  return least >= leastMs ? least : 0;
}

/**
 * Places lines whose source gives an order but no times: at the time of the same words in other sources, else right after
 * the preceding line, else right before the following one. Epoch ms by id; empty where no line of a source has a time.
 *
 * @param known times of some of these lines
 */
export function placeUntimed(
  sourceLines: readonly SourceLine[],
  known: ReadonlyMap<string, number>,
): Map<string, number> {
  const places = new Map<string, number>();
  for (const source of ["report", "conversation"] as const) {
    const list = sourceLines.filter((line) => line.source === source && !line.isTimed).sort(byPlace);
    const first = list.findIndex(({ id }) => known.has(id));
    let at = (known.get(list[first]?.id ?? "") ?? 0) - first - 1;
    for (const { id } of first < 0 ? [] : list) {
      at = known.get(id) ?? at + 1;
      places.set(id, at);
    }
  }
  return places;
}

function byPlace(a: SourceLine, b: SourceLine): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
