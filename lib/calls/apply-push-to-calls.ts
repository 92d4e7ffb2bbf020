import type { Applied } from "@/lib/calls/applied";
import type { Call } from "@/lib/calls/call";
import { isNewerCall, whenEnded } from "@/lib/calls/call";
import type { Push } from "@/lib/realtime/push";

/** Ended calls are only hidden by the board's clock; here they go when a push shows how much later it is. */
const forgottenAfterMs = 10 * 60_000;

/**
 * The live list after a push. Order and repetition of pushes do not matter: a push carries the whole call, and the
 * newest version stands. So a gap needs no refetch here, only the word that something did not fit into a push.
 * Unchanged calls stay the same objects, and an unchanged list the same array.
 */
export function applyPushToCalls(calls: readonly Call[], push: Push): Applied<readonly Call[]> {
  if (push.kind === "stale") return { next: calls, stale: true };
  if (push.kind !== "call") return { next: calls, stale: false };
  return { next: forgetEnded(replace(calls, push.call), push.call.lastEventAt), stale: false };
}

function replace(calls: readonly Call[], call: Call): readonly Call[] {
  const index = calls.findIndex((other) => other.id === call.id);
  const known = calls[index];
  if (!known) return [...calls, call];
  return isNewerCall(call, known) ? calls.with(index, call) : calls;
}

function forgetEnded(calls: readonly Call[], at: string): readonly Call[] {
  const horizon = Date.parse(at) - forgottenAfterMs;
  const isRemembered = (call: Call) => {
    const endedAt = whenEnded(call);
    return endedAt === null || Date.parse(endedAt) >= horizon;
  };
  return calls.every(isRemembered) ? calls : calls.filter(isRemembered);
}
