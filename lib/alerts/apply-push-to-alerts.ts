import { addAlert } from "@/lib/alerts/acts";
import type { Alert } from "@/lib/alerts/alert";
import { isOngoing } from "@/lib/alerts/alert";
import type { Applied } from "@/lib/calls/applied";
import { whenEnded } from "@/lib/calls/call";
import type { Push } from "@/lib/realtime/push";

/**
 * A list of alerts after a push; new ones come first. Order and repetition of pushes do not matter. Stale when a call
 * is over and one of its alerts is not: the word of it was lost.
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
