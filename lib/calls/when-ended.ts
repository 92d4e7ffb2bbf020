import type { Call } from "@/lib/calls/call";
import { isOver } from "@/lib/calls/is-over";

/** ISO time of a call's end, null while it lives. A call may be known to be over before anybody says since when. */
export function whenEnded(call: Pick<Call, "status" | "endedAt" | "lastEventAt">): string | null {
  return call.endedAt ?? (isOver(call.status) ? call.lastEventAt : null);
}
