import { type Call, callDuration, longestWithoutSignMs, noSignalAfterMs, whenEnded } from "@/lib/calls/call";

/** When silence counts as waiting, and when somebody should act; adjustable (lib/alerts/rules.ts). */
export interface SilenceLevels {
  waitingMs: number;
  longMs: number;
}

type SilenceLevel = "calm" | "waiting" | "long";

/** How worrying a silence of `ms` is. */
export function silenceLevel(ms: number, { waitingMs, longMs }: SilenceLevels): SilenceLevel {
  if (ms < waitingMs) return "calm";
  return ms < longMs ? "waiting" : "long";
}

/**
 * Since when both sides have been silent on an answered call, in epoch ms; null while one speaks, before it is
 * answered, while it is handed over, and once it is over. Never later than `now`. Speech without any sign for a minute
 * counts as over.
 */
export function silenceSince(
  call: Pick<Call, "status" | "speaking" | "lastSpeechAt" | "startedAt" | "endedAt">,
  now: number,
): number | null {
  if (call.status !== "in-progress" || call.endedAt !== null) return null;
  const lastSignAt = call.lastSpeechAt ?? call.startedAt;
  if (lastSignAt === null) return null;
  if (call.speaking === null) return Math.min(Date.parse(lastSignAt), now);
  const lostAt = Date.parse(lastSignAt) + longestWithoutSignMs;
  return lostAt <= now ? lostAt : null;
}

/** The one thing a call is doing right now. Colour, icon and word on every page follow from it. */
const callStates = [
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
 * A call's state at `now` (epoch ms). Without a recent event the state is unknown, so it is "no-signal". A hang takes
 * precedence over speech: the caller may be speaking without getting an answer.
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

/** The part of an open alert that decides the order of the board. */
export interface OpenAlert {
  /** ISO time since when the caller has been waiting. */
  since: string;
  /** Whether it is acknowledged or snoozed. */
  isSeen: boolean;
}

/** The open alert of each call that has one, by the call's id. */
export type OpenAlertsByCall = ReadonlyMap<string, OpenAlert>;

const needs = ["alert", "seen-alert", "silence", "none", "no-signal", "ended"] as const;

type Need = (typeof needs)[number];

/**
 * Sorts calls by urgency: unacknowledged alerts, then acknowledged ones, then silences past the waiting level (each the
 * longest first), then the rest (newest start first), then calls without a signal, ended calls last. The short pauses
 * of any conversation do not change the order.
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
  /** Live as far as known, but without an event for a minute; not included in `live`. */
  noSignal: number;
  /** Duration of the longest live call in ms, null without one. */
  longestMs: number | null;
}

/** Counts for the header of the board at `now` (epoch ms). */
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
