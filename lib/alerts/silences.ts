import { longestWithoutSignMs, type Speaker } from "@/lib/calls/call";
import type { SourceLine } from "@/lib/calls/line";
import type { Mark, Turn } from "@/lib/calls/parts";
import { toTurns } from "@/lib/calls/turns";

/** Speech facts that alerts are derived from. Times are ISO. Order and repetition do not matter. */
export interface SpeechFacts {
  marks: readonly Mark[];
  /** Only transcript lines tell when someone spoke; others have the time their text began. */
  lines: readonly Pick<SourceLine, "role" | "at" | "source">[];
  /** The newest sign of the assistant speaking, including partials, which leave no row. */
  assistantSpokeAt: string | null;
  startedAt: string | null;
  /** Null while the call is live. */
  endedAt: string | null;
}

/** Something that ends a silence: speech, or a transfer. Epoch ms. */
export interface Stretch {
  from: number;
  to: number;
  role: Speaker | "transfer";
}

/** Returns stretches of speech and transfers, ascending by start, up to `horizon` (epoch ms: the call's end, or now). */
export function toStretches(speechFacts: SpeechFacts, horizon: number): Stretch[] {
  const points = toPoints(speechFacts);
  // A reported stop is itself a sign of speech; a stop inferred from a later event may be minutes late.
  const toEnd = (turn: Turn) => {
    const stop = turn.stoppedAt === null ? horizon : Date.parse(turn.stoppedAt);
    const signs = points
      .filter(({ role, from }) => role === turn.role && from <= stop)
      .map(({ from }) => from);
    return Math.min(stop, Math.max(Date.parse(turn.startedAt), ...signs) + longestWithoutSignMs);
  };
  const turns = toTurns(speechFacts.marks, speechFacts.endedAt).map((turn): Stretch => {
    const from = Date.parse(turn.startedAt);
    return { from, to: Math.max(from, toEnd(turn)), role: turn.role };
  });
  return [...turns, ...points].filter(({ from }) => from <= horizon).sort(byBegin);
}

/** Signs without a duration: finals, partials, single stops, transfers. */
function toPoints({ marks, lines, assistantSpokeAt }: SpeechFacts): Stretch[] {
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

/** Sorts by start, then end. At the same moment a transfer comes last: speech until then was before the handover. */
function byBegin(a: Stretch, b: Stretch): number {
  const order = ["assistant", "user", "transfer"];
  return a.from - b.from || a.to - b.to || order.indexOf(a.role) - order.indexOf(b.role);
}

/** A part of a call without speech. Epoch ms. */
export interface Silence {
  since: number;
  until: number;
  /** Who spoke last; null before anyone has. Never a transfer: after one, silence starts only once someone speaks again. */
  after: Stretch["role"] | null;
  /** False if it lasts until the call's end, or now. */
  isBroken: boolean;
}

/**
 * Returns the silences between stretches (ascending), from the call's start (ISO) to `horizon` (epoch ms). After a
 * transfer there is none until someone speaks again: speech on the other line does not reach us.
 */
export function findSilences(
  stretches: readonly Stretch[],
  startedAt: string | null,
  horizon: number,
): Silence[] {
  const silences: Silence[] = [];
  // A call that was never answered has no silence before the first speech.
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
