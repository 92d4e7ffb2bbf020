import { db } from "@/db/client";
import { listMembers } from "@/db/queries/realtime";
import { authorize } from "@/lib/auth/server/authorize";
import type { Watchers } from "@/lib/realtime/push";
import { findPresenceCall } from "@/lib/realtime/push";

/** `{ watchers }`: who has which call open, by call id. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.view");
  if (refused) return refused;
  const watchers: Watchers = {};
  for (const { channel, id, name } of await listMembers(db)) {
    const callId = findPresenceCall(channel);
    if (callId !== null) watchers[callId] = [...(watchers[callId] ?? []), { id, name }];
  }
  return Response.json({ watchers }, { headers: { "cache-control": "no-store" } });
}
