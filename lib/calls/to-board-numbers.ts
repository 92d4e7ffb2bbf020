import type { Call } from "@/lib/calls/call";
import { callDuration } from "@/lib/calls/call-duration";
import { type CallState, callState } from "@/lib/calls/call-state";
import type { SilenceLevels } from "@/lib/calls/silence-level";
import { whenEnded } from "@/lib/calls/when-ended";

export interface BoardNumbers {
  live: number;
  hanging: number;
  ringing: number;
  /** Milliseconds the longest live call has lasted, null without one. */
  longestMs: number | null;
}

/** The numbers above the board at `now` (epoch ms). */
export function toBoardNumbers(calls: readonly Call[], now: number, levels: SilenceLevels): BoardNumbers {
  const live = calls.filter((call) => whenEnded(call) === null);
  const states = live.map((call) => callState(call, now, levels));
  const count = (counted: CallState) => states.filter((state) => state === counted).length;
  const durations = live.map((call) => callDuration(call, now)).filter((ms) => ms !== null);
  return {
    live: live.length,
    hanging: count("hanging"),
    ringing: count("ringing"),
    longestMs: durations.length > 0 ? Math.max(...durations) : null,
  };
}
