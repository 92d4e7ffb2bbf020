import type { Call } from "@/lib/calls/call";
import { callState } from "@/lib/calls/call-state";
import type { SilenceLevels } from "@/lib/calls/silence-level";
import { silenceSince } from "@/lib/calls/silence-since";

/**
 * Who needs somebody first: open hangs (the longest first), then silences that are worth a look (the longest first),
 * then the rest by start (the newest first), ended calls last. The short pauses of any conversation move nothing.
 */
export function sortByNeed(calls: readonly Call[], now: number, levels: SilenceLevels): Call[] {
  const keyed = calls.map((call) => ({ call, key: needOf(call, now, levels) }));
  return keyed
    .sort((a, b) => a.key.rank - b.key.rank || a.key.order - b.key.order || byId(a.call, b.call))
    .map(({ call }) => call);
}

function needOf(call: Call, now: number, levels: SilenceLevels): { rank: number; order: number } {
  const state = callState(call, now, levels);
  if (state === "hanging") return { rank: 0, order: Date.parse(call.hangingSince ?? call.createdAt) };
  if (state === "long-silence" || state === "waiting")
    return { rank: 1, order: silenceSince(call, now) ?? now };
  return { rank: state === "ended" ? 3 : 2, order: -Date.parse(call.startedAt ?? call.createdAt) };
}

function byId(a: Call, b: Call): number {
  return a.id < b.id ? -1 : 1;
}
