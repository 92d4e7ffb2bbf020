import { longestWithoutSignMs, type Speaker } from "@/lib/calls/call";
import type { HeardLine } from "@/lib/calls/line";
import type { Mark, Turn } from "@/lib/calls/parts";
import { toTurns } from "@/lib/calls/turns";

/** What is known of a call, as far as alerts follow from it. Times are ISO. Order and repetition do not matter. */
export interface Heard {
  marks: readonly Mark[];
  /** Only lines of transcripts say when somebody spoke; others are stamped when the words began. */
  lines: readonly Pick<HeardLine, "role" | "at" | "source">[];
  /** The newest sign of the assistant's voice, partials included, which leave no row. */
  assistantSpokeAt: string | null;
  startedAt: string | null;
  /** Null while the call lives. */
  endedAt: string | null;
}

/** Something that ends silence: a voice, or the caller being handed over. Epoch ms. */
export interface Stretch {
  from: number;
  to: number;
  role: Speaker | "transfer";
}

/** When who could be heard, ascending by begin; until `horizon` (epoch ms: the call's end, or now). */
export function toStretches(heard: Heard, horizon: number): Stretch[] {
  const points = toPoints(heard);
  // A stop that was told is a sign itself; one that was not, but taken from what came next, may be minutes late.
  const toEnd = (turn: Turn) => {
    const stop = turn.stoppedAt === null ? horizon : Date.parse(turn.stoppedAt);
    const signs = points
      .filter(({ role, from }) => role === turn.role && from <= stop)
      .map(({ from }) => from);
    return Math.min(stop, Math.max(Date.parse(turn.startedAt), ...signs) + longestWithoutSignMs);
  };
  const turns = toTurns(heard.marks, heard.endedAt).map((turn): Stretch => {
    const from = Date.parse(turn.startedAt);
    return { from, to: Math.max(from, toEnd(turn)), role: turn.role };
  });
  return [...turns, ...points].filter(({ from }) => from <= horizon).sort(byBegin);
}

/** Signs that have a moment and no length: finals, partials, lone stops, transfers. */
function toPoints({ marks, lines, assistantSpokeAt }: Heard): Stretch[] {
  const spoken = lines.filter(({ source }) => source === "transcript").map(({ role, at }) => point(role, at));
  const marked = marks.flatMap(({ kind, role, at }) => {
    if (kind === "transfer") return [point("transfer", at)];
    return kind === "speech-stopped" && role ? [point(role, at)] : [];
  });
  return [...spoken, ...marked, ...(assistantSpokeAt ? [point("assistant", assistantSpokeAt)] : [])];
}

function point(role: Stretch["role"], at: string): Stretch {
  return { from: Date.parse(at), to: Date.parse(at), role };
}

/** At one moment the handing over comes last: what was said until then was said here. */
function byBegin(a: Stretch, b: Stretch): number {
  const order = ["assistant", "user", "transfer"];
  return a.from - b.from || a.to - b.to || order.indexOf(a.role) - order.indexOf(b.role);
}

/** A stretch of a call in which nobody could be heard. Epoch ms. */
export interface Silence {
  since: number;
  until: number;
  /** Who spoke last; null when nobody has yet. Never a transfer: after one there is no silence until somebody is heard. */
  after: Stretch["role"] | null;
  /** False for the one that lasts until the call's end, or now. */
  isBroken: boolean;
}

/**
 * Silences between stretches (ascending), from the call's start (ISO) to `horizon` (epoch ms). After the caller was
 * handed over there is none until somebody is heard again: who speaks elsewhere is not told to us.
 */
export function findSilences(
  stretches: readonly Stretch[],
  startedAt: string | null,
  horizon: number,
): Silence[] {
  const silences: Silence[] = [];
  // Before anybody was heard on a call that nobody answered there is none.
  let since = startedAt === null ? (stretches[0]?.from ?? horizon) : Date.parse(startedAt);
  let after: Stretch["role"] | null = null;
  let isHandedOver = false;
  for (const { from, to, role } of stretches) {
    if (from > since && !isHandedOver) silences.push({ since, until: from, after, isBroken: true });
    isHandedOver = role === "transfer";
    if (to < since) continue;
    since = to;
    after = role;
  }
  if (horizon > since && !isHandedOver) {
    silences.push({ since, until: horizon, after, isBroken: false });
  }
  return silences;
}
