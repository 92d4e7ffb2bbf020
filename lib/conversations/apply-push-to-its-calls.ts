import type { Applied } from "@/lib/calls/applied";
import type { Call } from "@/lib/calls/call";
import { isNewerCall } from "@/lib/calls/call";
import type { Push } from "@/lib/realtime/push";

interface ItsCalls {
  uuid: string;
  calls: Call[];
}

/** The calls of one conversation after a push of the board, newest first. Those of others change nothing. */
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
