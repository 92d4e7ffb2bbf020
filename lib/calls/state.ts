import { type Call, callDuration, longestWithoutSignMs, noSignalAfterMs, whenEnded } from "@/lib/calls/call";

/** From when silence is worth a look, and from when somebody should do something; settable (lib/alerts/rules.ts). */
export interface SilenceLevels {
  waitingMs: number;
  longMs: number;
}

export type SilenceLevel = "calm" | "waiting" | "long";

/** How worrying a silence of `ms` is. */
export function silenceLevel(ms: number, { waitingMs, longMs }: SilenceLevels): SilenceLevel {
  if (ms < waitingMs) return "calm";
  return ms < longMs ? "waiting" : "long";
}

/**
 * Since when nobody has spoken on a call that should be a conversation, in epoch ms; null while somebody speaks,
 * before it is answered, while it is handed over, and once it is over. Never later than `now`. Who began to speak and has
 * given no sign for a minute is not taken to speak on.
 */
export function silenceSince(
  call: Pick<Call, "status" | "speaking" | "lastSpeechAt" | "startedAt" | "endedAt">,
  now: number,
): number | null {
  if (call.status !== "in-progress" || call.endedAt !== null) return null;
  const heardAt = call.lastSpeechAt ?? call.startedAt;
  if (heardAt === null) return null;
  if (call.speaking === null) return Math.min(Date.parse(heardAt), now);
  const lostAt = Date.parse(heardAt) + longestWithoutSignMs;
  return lostAt <= now ? lostAt : null;
}

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
  "no-signal",
  "ended",
] as const;

export type CallState = (typeof callStates)[number];

/**
 * A call's state at `now` (epoch ms). Without a recent event nothing is known, so nothing is claimed. A hang outdoes who
 * speaks: the caller may well be speaking into the void.
 */
export function callState(call: Call, now: number, levels: SilenceLevels): CallState {
  if (whenEnded(call) !== null) return "ended";
  if (now - Date.parse(call.lastEventAt) >= noSignalAfterMs) return "no-signal";
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

/** An open alert, as far as the order of the board goes by it. */
export interface OpenAlert {
  /** ISO time: since when the caller has been left alone. */
  since: string;
  /** Somebody has it: it was acknowledged, or is snoozed. */
  isSeen: boolean;
}

/** The open alert of each call that has one, by the call's id. */
export type OpenAlertsByCall = ReadonlyMap<string, OpenAlert>;

const needs = ["alert", "seen-alert", "silence", "none", "no-signal", "ended"] as const;

type Need = (typeof needs)[number];

/**
 * Who needs somebody first: unacknowledged alerts, then acknowledged ones, then silences worth a look (each the longest
 * first), then the rest by start (the newest first), then calls that give no signal, ended calls last. The short pauses
 * of any conversation move nothing.
 */
export function sortByNeed(
  calls: readonly Call[],
  now: number,
  levels: SilenceLevels,
  alerts: OpenAlertsByCall,
): Call[] {
  const keyed = calls.map((call) => ({ call, key: needOf(call, now, levels, alerts.get(call.id)) }));
  return keyed
    .sort((a, b) => a.key.rank - b.key.rank || a.key.order - b.key.order || byId(a.call, b.call))
    .map(({ call }) => call);
}

function needOf(
  call: Call,
  now: number,
  levels: SilenceLevels,
  alert: OpenAlert | undefined,
): { rank: number; order: number } {
  const state = callState(call, now, levels);
  const rank = (need: Need) => needs.indexOf(need);
  const newestFirst = -Date.parse(call.startedAt ?? call.createdAt);
  if (state === "ended" || state === "no-signal") return { rank: rank(state), order: newestFirst };
  if (alert) return { rank: rank(alert.isSeen ? "seen-alert" : "alert"), order: Date.parse(alert.since) };
  if (state === "long-silence" || state === "waiting")
    return { rank: rank("silence"), order: silenceSince(call, now) ?? now };
  return { rank: rank("none"), order: newestFirst };
}

function byId(a: Call, b: Call): number {
  return a.id < b.id ? -1 : 1;
}

export interface BoardNumbers {
  live: number;
  ringing: number;
  /** Live by all we know, but without an event for a minute; not among `live`. */
  noSignal: number;
  /** Milliseconds the longest live call has lasted, null without one. */
  longestMs: number | null;
}

/** The numbers above the board at `now` (epoch ms). */
export function toBoardNumbers(calls: readonly Call[], now: number, levels: SilenceLevels): BoardNumbers {
  const known = calls.map((call) => ({ call, state: callState(call, now, levels) }));
  const live = known.filter(({ state }) => state !== "ended" && state !== "no-signal");
  const durations = live.map(({ call }) => callDuration(call, now)).filter((ms) => ms !== null);
  return {
    live: live.length,
    ringing: live.filter(({ state }) => state === "ringing").length,
    noSignal: known.filter(({ state }) => state === "no-signal").length,
    longestMs: durations.length > 0 ? Math.max(...durations) : null,
  };
}
