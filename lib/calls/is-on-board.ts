import type { Call } from "@/lib/calls/call";
import { whenEnded } from "@/lib/calls/when-ended";

/** How long an ended call stays on the live board, dimmed. */
const lingerMs = 30_000;

/** Is this call still to be seen on the live board at `now` (epoch ms)? */
export function isOnBoard(call: Pick<Call, "status" | "endedAt" | "lastEventAt">, now: number): boolean {
  const endedAt = whenEnded(call);
  return endedAt === null || now - Date.parse(endedAt) < lingerMs;
}
