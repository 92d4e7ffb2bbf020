import type { Call } from "@/lib/calls/call";
import { type SilenceLevels, silenceLevel } from "@/lib/calls/silence-level";
import { silenceSince } from "@/lib/calls/silence-since";
import { whenEnded } from "@/lib/calls/when-ended";

/** The one thing a call is doing right now; colour, icon and word on every page follow from it. */
export const callStates = [
  "hanging",
  "long-silence",
  "waiting",
  "caller-speaking",
  "assistant-speaking",
  "pausing",
  "ringing",
  "forwarding",
  "ended",
] as const;

export type CallState = (typeof callStates)[number];

/** A call's state at `now` (epoch ms). A hang outdoes who speaks: the caller may well be speaking into the void. */
export function callState(call: Call, now: number, levels: SilenceLevels): CallState {
  if (whenEnded(call) !== null) return "ended";
  if (call.hangingSince !== null) return "hanging";
  if (call.status === "forwarding") return "forwarding";
  if (call.status !== "in-progress") return "ringing";
  const since = silenceSince(call, now);
  if (since === null && call.speaking !== null)
    return call.speaking === "user" ? "caller-speaking" : "assistant-speaking";
  const level = since === null ? "calm" : silenceLevel(now - since, levels);
  if (level === "calm") return "pausing";
  return level === "long" ? "long-silence" : "waiting";
}
