import type { Call } from "@/lib/calls/call";
import { whenEnded } from "@/lib/calls/when-ended";

/** How long an ended call stays on the live board, dimmed. */
export const lingerMs = 30_000;

/** Is this call to be seen on the live board at `now` (epoch ms)? A scheduled one is not live yet. */
export function isOnBoard(call: Pick<Call, "status" | "endedAt" | "lastEventAt">, now: number): boolean {
  if (call.status === "scheduled") return false;
  const endedAt = whenEnded(call);
  return endedAt === null || now - Date.parse(endedAt) < lingerMs;
}
