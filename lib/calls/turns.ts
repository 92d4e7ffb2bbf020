import { type Call, type Speaker, whenEnded } from "@/lib/calls/call";
import type { Mark, Turn } from "@/lib/calls/parts";

/** The nearest-rank percentile (0 < `share` ≤ 1) of the values, null without any. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** From when the caller was left waiting until the assistant spoke again; Vapi's warnings are points in it. */
export interface HangEpisode {
  /** The first warning's mark. */
  id: string;
  /** Since when the caller waited: the end of the last speech before the first warning. The alert has the same. */
  startedAt: string;
  /** When Vapi first warned. */
  warnedAt: string;
  /** Null while it lasts. */
  stoppedAt: string | null;
  /** How often Vapi warned meanwhile. */
  warnings: number;
}

/**
 * How often, since when and how long a call's caller was left waiting: live or stored, shown or counted, by this alone. Without any
 * mark of speech, the newest sign of a voice is all that is known of when the waiting began.
 */
export function callHangs(
  call: Pick<Call, "status" | "startedAt" | "endedAt" | "lastEventAt" | "lastSpeechAt">,
  marks: readonly Mark[],
): HangEpisode[] {
  const endedAt = whenEnded(call);
  const turns = toTurns(marks, endedAt);
  const quietSince = turns.length > 0 ? call.startedAt : (call.lastSpeechAt ?? call.startedAt);
  return toHangEpisodes(marks, turns, endedAt, quietSince);
}

/** Hang marks → episodes, ascending. `endedAt`: the call's end (ISO), which ends a hang nobody recovered from; null while it lives. `answeredAt`: its start, since when a caller waits whom nobody has spoken to. */
export function toHangEpisodes(
  marks: readonly Mark[],
  turns: readonly Turn[],
  endedAt: string | null,
  answeredAt: string | null = null,
): HangEpisode[] {
  const episodes: HangEpisode[] = [];
  for (const { id, at } of uniqueHangs(marks, endedAt)) {
    const last = episodes.at(-1);
    if (last && (last.stoppedAt === null || at < last.stoppedAt)) {
      last.warnings += 1;
    } else {
      episodes.push({
        id,
        startedAt: waitingSince(at, turns, answeredAt),
        warnedAt: at,
        stoppedAt: recoveredAt(at, turns) ?? endedAt,
        warnings: 1,
      });
    }
  }
  return episodes;
}

/** Vapi may still warn of a call that is over: nobody waits then. */
function uniqueHangs(marks: readonly Mark[], endedAt: string | null): Mark[] {
  const found = marks.filter(({ kind, at }) => kind === "hang" && (endedAt === null || at < endedAt));
  const hangs = new Map(found.map((mark) => [mark.id, mark]));
  return [...hangs.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

/** The warning's own moment while somebody speaks. Nothing known before it: since the warning. */
function waitingSince(
  warnedAt: string,
  turns: readonly Pick<Turn, "startedAt" | "stoppedAt">[],
  answeredAt: string | null,
): string {
  const ends = turns
    .filter(({ startedAt }) => startedAt <= warnedAt)
    .map(({ stoppedAt }) => (stoppedAt === null || stoppedAt > warnedAt ? warnedAt : stoppedAt));
  if (answeredAt !== null && answeredAt <= warnedAt) ends.push(answeredAt);
  return ends.sort().at(-1) ?? warnedAt;
}

function recoveredAt(at: string, turns: readonly Turn[]): string | null {
  return turns.find((turn) => turn.role === "assistant" && turn.startedAt > at)?.startedAt ?? null;
}

export interface ReplyLatency {
  /** When the assistant began to answer. */
  at: string;
  /** From the caller's last stop; 0 where the assistant began before it. */
  ms: number;
}

/** How long the caller waited for each answer: from a caller's turn to the assistant's next, if none of theirs is between. */
export function toReplyLatencies(turns: readonly Turn[]): ReplyLatency[] {
  return turns.flatMap((turn, index) => {
    const before = turns[index - 1];
    if (turn.role !== "assistant" || before?.role !== "user" || before.stoppedAt === null) return [];
    return [
      { at: turn.startedAt, ms: Math.max(0, Date.parse(turn.startedAt) - Date.parse(before.stoppedAt)) },
    ];
  });
}

export interface Silence {
  startedAt: string;
  stoppedAt: string;
  ms: number;
}

/** Shorter pauses are how people talk. */
const shortestMs = 2_000;

/** Stretches of at least two seconds in which nobody spoke, between a call's start and its end (or now), ISO. */
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
  /** Nobody speaking. Both at once counts for both voices, so the three may add up to more than the call. */
  silentMs: number;
}

/** How the time between a call's start and its end (or now; both ISO) was spent. */
export function toTalkShare(turns: readonly Turn[], startedAt: string, until: string): TalkShare {
  const spans = turns.map(({ role, startedAt: from, stoppedAt }) => ({
    role,
    from: Date.parse(from),
    to: Date.parse(stoppedAt ?? until),
  }));
  const [userMs, assistantMs] = (["user", "assistant"] as const).map((role) =>
    spans.filter((span) => span.role === role).reduce((sum, { from, to }) => sum + to - from, 0),
  );
  let heardUntil = Date.parse(startedAt);
  let silentMs = 0;
  for (const { from, to } of spans) {
    silentMs += Math.max(0, from - heardUntil);
    heardUntil = Math.max(heardUntil, to);
  }
  silentMs += Math.max(0, Date.parse(until) - heardUntil);
  return { userMs: userMs ?? 0, assistantMs: assistantMs ?? 0, silentMs };
}

/** Voices overlap a little at every change of turn (recorded: 163 ms); shorter overlaps are no interruption. */
const overlapMs = 500;

/**
 * Speech marks → turns, ascending by start. Order and repetition of marks do not matter.
 * A `stopped` that was lost is made up for by the same voice's next start, or by the call's end (ISO, or null while
 * it lives); a `started` that was lost leaves no turn. Vapi's `turn` number, where it comes, keeps a late `stopped`
 * of one turn from ending the next.
 */
export function toTurns(marks: readonly Mark[], endedAt: string | null = null): Turn[] {
  const speech = [...turnsOf("user", marks, endedAt), ...turnsOf("assistant", marks, endedAt)];
  const interruptions = marks.filter((mark) => mark.kind === "interrupted").map((mark) => mark.at);
  const turns = speech.sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.role, b.role));
  return turns.map((turn) => ({
    ...turn,
    interrupted: isCutOff(turn, turns) || interruptions.some((at) => wasSpeakingAt(turn, at, turns)),
  }));
}

/** A turn before it is known whether it was interrupted. */
type Spoken = Omit<Turn, "interrupted">;

function turnsOf(role: Speaker, marks: readonly Mark[], endedAt: string | null): Spoken[] {
  const mine = marks.filter((mark) => mark.role === role && (endedAt === null || mark.at <= endedAt));
  const stops = mine.filter((mark) => mark.kind === "speech-stopped").sort(byTime);
  const starts = withoutRepeats(mine.filter((mark) => mark.kind === "speech-started").sort(byTime), stops);
  return starts.map((start, index) => {
    const next = starts[index + 1]?.at ?? null;
    const stop = stops.find((mark) => closes(mark, start) && (next === null || mark.at < next));
    return { role, startedAt: start.at, stoppedAt: stop?.at ?? next ?? endedAt };
  });
}

function closes(stop: Mark, start: Mark): boolean {
  return stop.at >= start.at && (stop.turn === null || start.turn === null || stop.turn === start.turn);
}

/** A start told again, or told twice for one turn with no stop between, is the same start. */
function withoutRepeats(starts: readonly Mark[], stops: readonly Mark[]): Mark[] {
  return starts.filter((start, index) => {
    const before = starts[index - 1];
    if (!before) return true;
    if (before.at === start.at) return false;
    const isSameTurn = start.turn !== null && before.turn === start.turn;
    return !isSameTurn || stops.some((stop) => stop.at >= before.at && stop.at <= start.at);
  });
}

/** One voice's turns never overlap: what does is the other's. */
function isCutOff(turn: Spoken, turns: readonly Spoken[]): boolean {
  if (turn.stoppedAt === null) return false;
  const end = turn.stoppedAt;
  return turns.some(
    (other) =>
      other.startedAt > turn.startedAt &&
      Date.parse(end) - Date.parse(other.startedAt) >= overlapMs &&
      (other.stoppedAt === null || other.stoppedAt > end),
  );
}

/** `user-interrupted` says when, not whom: it is the assistant's newest turn begun by then. */
function wasSpeakingAt(turn: Spoken, at: string, turns: readonly Spoken[]): boolean {
  return turn === turns.findLast((other) => other.role === "assistant" && other.startedAt <= at);
}

function byTime(a: Mark, b: Mark): number {
  return compare(a.at, b.at) || (a.turn ?? -1) - (b.turn ?? -1) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
