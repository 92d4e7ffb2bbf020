import type { Mark } from "@/lib/calls/mark";
import type { Speaker } from "@/lib/calls/speaker";
import type { Turn } from "@/lib/calls/turn";

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

function turnsOf(role: Speaker, marks: readonly Mark[], endedAt: string | null): Turn[] {
  const mine = marks.filter((mark) => mark.role === role && (endedAt === null || mark.at <= endedAt));
  const stops = mine.filter((mark) => mark.kind === "speech-stopped").sort(byTime);
  const starts = withoutRepeats(mine.filter((mark) => mark.kind === "speech-started").sort(byTime), stops);
  return starts.map((start, index) => {
    const next = starts[index + 1]?.at ?? null;
    const stop = stops.find((mark) => closes(mark, start) && (next === null || mark.at < next));
    return { role, startedAt: start.at, stoppedAt: stop?.at ?? next ?? endedAt, interrupted: false };
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

function isCutOff(turn: Turn, turns: readonly Turn[]): boolean {
  if (turn.stoppedAt === null) return false;
  const end = turn.stoppedAt;
  return turns.some(
    (other) =>
      other.role !== turn.role &&
      other.startedAt > turn.startedAt &&
      Date.parse(end) - Date.parse(other.startedAt) >= overlapMs &&
      (other.stoppedAt === null || other.stoppedAt > end),
  );
}

/** `user-interrupted` says when, not whom: it is the assistant's newest turn begun by then. */
function wasSpeakingAt(turn: Turn, at: string, turns: readonly Turn[]): boolean {
  if (turn.role !== "assistant") return false;
  return turn === turns.findLast((other) => other.role === "assistant" && other.startedAt <= at);
}

function byTime(a: Mark, b: Mark): number {
  return compare(a.at, b.at) || (a.turn ?? -1) - (b.turn ?? -1) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
