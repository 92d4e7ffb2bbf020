import type { Heard } from "@/lib/alerts/heard";
import { longestWithoutSignMs } from "@/lib/calls/longest-without-sign-ms";
import type { Speaker } from "@/lib/calls/speaker";
import { toTurns } from "@/lib/calls/to-turns";
import type { Turn } from "@/lib/calls/turn";

/** Something that ends silence: a voice, or the caller being handed over. Epoch ms. */
export interface Stretch {
  from: number;
  to: number;
  role: Speaker | "transfer";
}

/** When who could be heard, ascending by begin; until `horizon` (epoch ms: the call's end, or now). */
export function toStretches(heard: Heard, horizon: number): Stretch[] {
  const points = toPoints(heard);
  const witnessedStops = new Set(
    heard.marks.filter(({ kind }) => kind === "speech-stopped").map(({ role, at }) => `${role} ${at}`),
  );
  const toEnd = (turn: Turn) => {
    const stop = turn.stoppedAt === null ? horizon : Date.parse(turn.stoppedAt);
    if (witnessedStops.has(`${turn.role} ${turn.stoppedAt}`)) return stop;
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
