import type { Mark } from "@/lib/calls/mark";
import type { Turn } from "@/lib/calls/turn";

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

/** Hang marks → episodes, ascending. `endedAt`: the call's end (ISO), which ends a hang nobody recovered from; null while it lives. `answeredAt`: its start, where nobody has spoken yet. */
export function toHangEpisodes(
  marks: readonly Mark[],
  turns: readonly Turn[],
  endedAt: string | null,
  answeredAt: string | null = null,
): HangEpisode[] {
  const episodes: HangEpisode[] = [];
  for (const { id, at } of uniqueHangs(marks)) {
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

function uniqueHangs(marks: readonly Mark[]): Mark[] {
  const hangs = new Map(marks.filter(({ kind }) => kind === "hang").map((mark) => [mark.id, mark]));
  return [...hangs.values()].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

/** The warning's own moment while somebody speaks. Nothing known before it: since the warning. */
export function waitingSince(
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
