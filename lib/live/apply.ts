import { addAlert } from "@/lib/alerts/actions";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { type Call, isNewerCall, whenEnded } from "@/lib/calls/call";
import { followSpeech } from "@/lib/calls/recent-speech";
import type { Push, PushedConversation } from "@/lib/realtime/push";

/** A cache entry after a push. `stale`: data was missed or is not in the push, so the owner of the cache must refetch. */
export interface Applied<T> {
  next: T;
  stale: boolean;
}

/**
 * Applies a push to a list of alerts, new ones first. Order and repetition do not matter. Stale if a call is over but
 * one of its alerts is not, because that alert's push was lost.
 */
export function applyPushToAlerts(alerts: readonly Alert[], push: Push): Applied<readonly Alert[]> {
  if (push.kind === "alert") return { next: addAlert(alerts, push.alert), stale: false };
  if (push.kind === "call") return { next: alerts, stale: isForgotten(alerts, push.call) };
  return {
    next: alerts,
    stale: push.kind === "stale" && alerts.some(({ callId }) => callId === push.callId),
  };
}

function isForgotten(
  alerts: readonly Alert[],
  call: Parameters<typeof whenEnded>[0] & { id: string },
): boolean {
  return whenEnded(call) !== null && alerts.some((alert) => alert.callId === call.id && isOngoing(alert));
}

/** The board hides ended calls by its clock; here they are removed once a push shows that this much time has passed. */
const forgottenAfterMs = 10 * 60_000;

/**
 * Applies a push to the live list. Order and repetition do not matter: a push carries the whole call, and the newest
 * version wins. A gap therefore needs no refetch; only a push without its data does. Unchanged calls stay the same
 * objects, and an unchanged list the same array.
 */
export function applyPushToCalls(calls: readonly Call[], push: Push): Applied<readonly Call[]> {
  if (push.kind === "stale") return { next: calls, stale: true };
  if (push.kind !== "call") return { next: calls, stale: false };
  return { next: forgetEnded(replace(calls, push.call), push.call.lastEventAt), stale: false };
}

function replace(calls: readonly Call[], call: Call): readonly Call[] {
  const index = calls.findIndex((other) => other.id === call.id);
  const known = calls[index];
  if (!known) return [...calls, followSpeech(undefined, call)];
  return isNewerCall(call, known) ? calls.with(index, followSpeech(known, call)) : calls;
}

function forgetEnded(calls: readonly Call[], at: string): readonly Call[] {
  const horizon = Date.parse(at) - forgottenAfterMs;
  const isRemembered = (call: Call) => {
    const endedAt = whenEnded(call);
    return endedAt === null || Date.parse(endedAt) >= horizon;
  };
  return calls.every(isRemembered) ? calls : calls.filter(isRemembered);
}

/**
 * Applies a push to anything that holds a conversation's context. The newer version wins in any order. Stale if the
 * change did not fit into the push, or if the name changed, which has no version.
 */
export function applyPushToConversation<T extends PushedConversation>(known: T, push: Push): Applied<T> {
  if (push.kind !== "conversation" || push.uuid !== known.uuid) return { next: known, stale: false };
  const pushed = push.conversation;
  if (!pushed) return { next: known, stale: true };
  const isNamedAnew = pushed.name !== known.name;
  if (pushed.version <= known.version) return { next: known, stale: isNamedAnew };
  return { next: { ...known, context: pushed.context, version: pushed.version }, stale: isNamedAnew };
}

interface ItsCalls {
  uuid: string;
  calls: Call[];
}

/** Applies a push from the board to the calls of one conversation, newest first. Calls of other conversations change nothing. */
export function applyPushToItsCalls(known: ItsCalls, push: Push): Applied<ItsCalls> {
  if (push.kind === "stale") return { next: known, stale: true };
  if (push.kind !== "call" || push.call.conversationUuid !== known.uuid) return { next: known, stale: false };
  const { call } = push;
  const index = known.calls.findIndex(({ id }) => id === call.id);
  const before = known.calls[index];
  if (!before) return { next: { ...known, calls: [call, ...known.calls] }, stale: false };
  if (!isNewerCall(call, before)) return { next: known, stale: false };
  return { next: { ...known, calls: known.calls.with(index, call) }, stale: false };
}
