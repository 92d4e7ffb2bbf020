import type { Call } from "@/lib/calls/call";

const endStatuses = new Set(["ended", "not-found", "deletion-failed"]);

/** ISO time of a call's end, null while it lives. A call may be known to be over before anybody says since when. */
export function whenEnded(call: Pick<Call, "status" | "endedAt" | "lastEventAt">): string | null {
  return call.endedAt ?? (endStatuses.has(call.status) ? call.lastEventAt : null);
}
