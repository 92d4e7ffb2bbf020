import type { Call } from "@/lib/calls/call";
import { longestWithoutSignMs } from "@/lib/calls/longest-without-sign-ms";

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
