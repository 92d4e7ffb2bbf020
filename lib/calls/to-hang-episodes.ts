import type { Mark } from "@/lib/calls/mark";
import type { Turn } from "@/lib/calls/turn";

/** From Vapi's first warning until the assistant spoke again. */
export interface HangEpisode {
  /** The first warning's mark. */
  id: string;
  startedAt: string;
  /** Null while it lasts. */
  stoppedAt: string | null;
  /** How often Vapi warned meanwhile. */
  warnings: number;
}

/** Hang marks → episodes, ascending. `endedAt`: the call's end (ISO), which ends a hang nobody recovered from; null while it lives. */
export function toHangEpisodes(
  marks: readonly Mark[],
  turns: readonly Turn[],
  endedAt: string | null,
): HangEpisode[] {
  const episodes: HangEpisode[] = [];
  for (const { id, at } of uniqueHangs(marks)) {
    const last = episodes.at(-1);
    if (last && (last.stoppedAt === null || at < last.stoppedAt)) {
      last.warnings += 1;
    } else {
      episodes.push({ id, startedAt: at, stoppedAt: recoveredAt(at, turns) ?? endedAt, warnings: 1 });
    }
  }
  return episodes;
}

function uniqueHangs(marks: readonly Mark[]): Mark[] {
  const hangs = new Map(marks.filter(({ kind }) => kind === "hang").map((mark) => [mark.id, mark]));
  return [...hangs.values()].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

function recoveredAt(at: string, turns: readonly Turn[]): string | null {
  return turns.find((turn) => turn.role === "assistant" && turn.startedAt > at)?.startedAt ?? null;
}
