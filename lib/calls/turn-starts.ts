import type { Speaker } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";

/** A line is stamped when its last words become final, up to this long after its speaker stopped. */
const lateMs = 10_000;
/** The clocks of lines and marks differ by up to this. */
const clockMs = 500;

interface Stamped {
  kind: string;
  at: string;
}

interface Spoken extends Stamped {
  kind: "bubble";
  role: Speaker;
  until: string;
}

const isSpoken = (item: Stamped): item is Spoken => item.kind === "bubble";

/**
 * Moves the bubbles of a transcript to the start of their turn: Vapi stamps a line when its words become final, that is
 * after they were said. A bubble that continues a turn, or has no speech marks, keeps its stamp.
 */
export function atTurnStarts<T extends Stamped>(items: readonly T[], turns: readonly Turn[]): T[] {
  const lists = { user: toStarts(turns, "user"), assistant: toStarts(turns, "assistant") };
  const places = { user: 0, assistant: 0 };
  const saidUntil = { user: "", assistant: "" };
  const stamped = items.map((item) => {
    if (!isSpoken(item)) return item;
    const { role, at, until } = item;
    const list = lists[role];
    while ((list[places[role] + 1]?.startMs ?? Number.POSITIVE_INFINITY) <= Date.parse(at) + clockMs)
      places[role] += 1;
    const turn = list[places[role]];
    const isNear = turn !== undefined && Math.abs(Date.parse(at) - turn.startMs) <= turn.lengthMs + lateMs;
    const isFirst = turn !== undefined && turn.startedAt > saidUntil[role];
    saidUntil[role] = until;
    return isNear && isFirst && turn.startMs <= Date.parse(at) + clockMs
      ? { ...item, at: turn.startedAt }
      : item;
  });
  return stamped.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

function toStarts(turns: readonly Turn[], role: Speaker) {
  return turns
    .filter((turn) => turn.role === role)
    .map(({ startedAt, stoppedAt }) => {
      const startMs = Date.parse(startedAt);
      const lengthMs = stoppedAt === null ? Number.POSITIVE_INFINITY : Date.parse(stoppedAt) - startMs;
      return { startedAt, startMs, lengthMs };
    });
}
