import type { Call } from "@/lib/calls/call";

/**
 * Since when nobody has spoken on a call that should be a conversation, in epoch ms; null while somebody speaks,
 * before it is answered, while it is handed over, and once it is over. Never later than `now`.
 */
export function silenceSince(
  call: Pick<Call, "status" | "speaking" | "lastSpeechAt" | "startedAt" | "endedAt">,
  now: number,
): number | null {
  if (call.status !== "in-progress" || call.endedAt !== null || call.speaking !== null) return null;
  const since = call.lastSpeechAt ?? call.startedAt;
  return since === null ? null : Math.min(Date.parse(since), now);
}
