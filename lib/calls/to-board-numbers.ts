import type { Call } from "@/lib/calls/call";
import { callDuration } from "@/lib/calls/call-duration";
import { type CallState, callState } from "@/lib/calls/call-state";
import type { SilenceLevels } from "@/lib/calls/silence-level";
import { whenEnded } from "@/lib/calls/when-ended";

export interface BoardNumbers {
  live: number;
  hanging: number;
  /** Nobody has spoken for longer than is usual. */
  waiting: number;
  ringing: number;
  /** Milliseconds the longest live call has lasted, null without one. */
  longestMs: number | null;
}

/** The numbers above the board at `now` (epoch ms). */
export function toBoardNumbers(calls: readonly Call[], now: number, levels: SilenceLevels): BoardNumbers {
  const live = calls.filter((call) => whenEnded(call) === null);
  const states = live.map((call) => callState(call, now, levels));
  const count = (...counted: CallState[]) => states.filter((state) => counted.includes(state)).length;
  const durations = live.map((call) => callDuration(call, now)).filter((ms) => ms !== null);
  return {
    live: live.length,
    hanging: count("hanging"),
    waiting: count("waiting", "long-silence"),
    ringing: count("ringing"),
    longestMs: durations.length > 0 ? Math.max(...durations) : null,
  };
}
