import type { Speaker } from "@/lib/calls/call";
import type { Mark, Turn } from "@/lib/calls/parts";

/** The nearest-rank percentile (0 < `share` ≤ 1) of the values, null without any. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export interface ReplyLatency {
  /** When the assistant began to answer. */
  at: string;
  /** From the end of the caller's speech; 0 where the assistant began before that. */
  ms: number;
}

/** Response times: from each caller's turn to the assistant's turn, where that comes directly after it. */
export function toReplyLatencies(turns: readonly Turn[]): ReplyLatency[] {
  return turns.flatMap((turn, index) => {
    const before = turns[index - 1];
    if (turn.role !== "assistant" || before?.role !== "user" || before.stoppedAt === null) return [];
    return [
      { at: turn.startedAt, ms: Math.max(0, Date.parse(turn.startedAt) - Date.parse(before.stoppedAt)) },
    ];
  });
}

/**
 * Whether speech times are unknown: there are words but no speech marks, as for an assistant that sends no
 * speech-update and for an imported call. Such a call is not silent.
 */
export function lacksSpeechTimes(turns: readonly Turn[], lines: readonly unknown[]): boolean {
  return turns.length === 0 && lines.length > 0;
}

/** Shown for a call that lacks speech times. */
export const noSpeechTimes = "Speech times are missing: no speech-update events were received.";

export interface Silence {
  startedAt: string;
  stoppedAt: string;
  ms: number;
}

/** Shorter pauses are part of normal conversation. */
const shortestMs = 2_000;

/** Returns silences of at least two seconds between a call's start and its end (or now), ISO. */
export function toSilences(turns: readonly Turn[], startedAt: string, until: string): Silence[] {
  const silences: Silence[] = [];
  let quietSince = startedAt;
  for (const turn of turns) {
    silences.push(toSilence(quietSince, turn.startedAt));
    const stop = turn.stoppedAt ?? until;
    if (stop > quietSince) quietSince = stop;
  }
  silences.push(toSilence(quietSince, until));
  return silences.filter(({ ms }) => ms >= shortestMs);
}

function toSilence(startedAt: string, stoppedAt: string): Silence {
  return { startedAt, stoppedAt, ms: Date.parse(stoppedAt) - Date.parse(startedAt) };
}

export interface TalkShare {
  userMs: number;
  assistantMs: number;
  /** Time without speech. Overlapping speech counts for both voices, so the three may add up to more than the call. */
  silentMs: number;
}

/**
 * How the time between a call's start and its end (or now; both ISO) was spent.
 * @param silentSince since when a live call has been silent (ISO; silenceSince): a turn whose stop was lost ends there and
 * does not grow as long as the call lasts
 */
export function toTalkShare(
  turns: readonly Turn[],
  startedAt: string,
  until: string,
  silentSince: string | null = null,
): TalkShare {
  const openEnd = silentSince !== null && silentSince < until ? silentSince : until;
  const spans = turns
    .map(({ role, startedAt: from, stoppedAt }) => ({
      role,
      from: Math.max(Date.parse(startedAt), Date.parse(from)),
      to: Math.min(Date.parse(until), Date.parse(stoppedAt ?? openEnd)),
    }))
    .filter(({ from, to }) => to > from);
  const [userMs, assistantMs] = (["user", "assistant"] as const).map((role) =>
    spans.filter((span) => span.role === role).reduce((sum, { from, to }) => sum + to - from, 0),
  );
  let coveredUntil = Date.parse(startedAt);
  let silentMs = 0;
  for (const { from, to } of spans) {
    silentMs += Math.max(0, from - coveredUntil);
    coveredUntil = Math.max(coveredUntil, to);
  }
  silentMs += Math.max(0, Date.parse(until) - coveredUntil);
  return { userMs: userMs ?? 0, assistantMs: assistantMs ?? 0, silentMs };
}

/** Voices overlap a little whenever turns change (recorded: 163 ms); shorter overlaps are no interruption. */
const overlapMs = 500;

/**
 * Derives turns from speech marks, ascending by start. Order and repetition of marks do not matter.
 * A lost `stopped` is replaced by the same voice's next start, or by the call's end (ISO, or null while it is live); a
 * lost `started` leaves no turn. Vapi's `turn` number, where present, keeps a late `stopped` of one turn from ending
 * the next.
 */
export function toTurns(marks: readonly Mark[], endedAt: string | null = null): Turn[] {
  const speech = [...turnsOf("user", marks, endedAt), ...turnsOf("assistant", marks, endedAt)];
  const turns = speech.sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.role, b.role));
  const cutShort = new Set(
    marks.filter(({ kind }) => kind === "interrupted").map(({ at }) => findSpeakingAt(at, turns)),
  );
  return turns.map((turn, index) => ({
    ...turn,
    interrupted: isCutOff(turn, index, turns) || cutShort.has(turn),
  }));
}

function turnsOf(role: Speaker, marks: readonly Mark[], endedAt: string | null): Turn[] {
  const mine = marks.filter((mark) => mark.role === role && (endedAt === null || mark.at <= endedAt));
  const stops = mine.filter((mark) => mark.kind === "speech-stopped").sort(byTime);
  const starts = withoutRepeats(mine.filter((mark) => mark.kind === "speech-started").sort(byTime), stops);
  let passed = 0;
  return starts.map((start, index) => {
    const next = starts[index + 1]?.at ?? null;
    while ((stops[passed]?.at ?? start.at) < start.at) passed += 1;
    const stop = firstFrom(stops, passed, (mark) =>
      next !== null && mark.at >= next ? "none" : closes(mark, start),
    );
    return { role, startedAt: start.at, stoppedAt: stop?.at ?? next ?? endedAt, interrupted: false };
  });
}

/** Returns the first fitting item from an index on; stops once the rest cannot fit, as long calls have thousands of marks. */
function firstFrom<T>(list: readonly T[], from: number, fits: (item: T) => boolean | "none"): T | undefined {
  for (let index = from; index < list.length; index += 1) {
    const item = list[index] as T;
    const answer = fits(item);
    if (answer === "none") return undefined;
    if (answer) return item;
  }
  return undefined;
}

function closes(stop: Mark, start: Mark): boolean {
  return stop.at >= start.at && (stop.turn === null || start.turn === null || stop.turn === start.turn);
}

/** Drops a start that is sent again, or sent twice for one turn without a stop in between. */
function withoutRepeats(starts: readonly Mark[], stops: readonly Mark[]): Mark[] {
  return starts.filter((start, index) => {
    const before = starts[index - 1];
    if (!before) return true;
    if (before.at === start.at) return false;
    const isSameTurn = start.turn !== null && before.turn === start.turn;
    return !isSameTurn || stops.some((stop) => stop.at >= before.at && stop.at <= start.at);
  });
}

/** @param index place among the turns */
function isCutOff(turn: Turn, index: number, turns: readonly Turn[]): boolean {
  if (turn.stoppedAt === null) return false;
  const end = turn.stoppedAt;
  const cutter = firstFrom(turns, index + 1, (other) => {
    if (Date.parse(end) - Date.parse(other.startedAt) < overlapMs) return "none";
    const goesOn = other.stoppedAt === null || other.stoppedAt > end;
    return other.role !== turn.role && other.startedAt > turn.startedAt && goesOn;
  });
  return cutter !== undefined;
}

/** `user-interrupted` gives a time but no turn: it is the assistant's newest turn begun by then. */
function findSpeakingAt(at: string, turns: readonly Turn[]): Turn | undefined {
  return turns.findLast((turn) => turn.role === "assistant" && turn.startedAt <= at);
}

function byTime(a: Mark, b: Mark): number {
  return compare(a.at, b.at) || (a.turn ?? -1) - (b.turn ?? -1) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
