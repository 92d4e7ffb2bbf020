import type { Call } from "@/lib/calls/call";
import { whenEnded } from "@/lib/calls/when-ended";

/** Milliseconds a call has lasted at `now` (epoch ms), or lasted in all; null before it was answered. */
export function callDuration(call: Call, now: number): number | null {
  if (call.durationSeconds !== null) return call.durationSeconds * 1000;
  if (call.startedAt === null) return null;
  const endedAt = whenEnded(call);
  return Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - Date.parse(call.startedAt));
}
