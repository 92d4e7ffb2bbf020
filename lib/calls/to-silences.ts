import type { Turn } from "@/lib/calls/turn";

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
